//! The record as one HTML page that needs nothing else: no script, no outside resource, light and dark, made to be printed.

use super::page::{Cell, Line, Page, Section, Table, Tone};
use super::{Report, Voice};
use crate::words::Text;

const STYLE: &str = include_str!("style.css");

/// The records as one page, an article each.
#[must_use]
pub fn html(reports: &[Report], voice: &dyn Voice) -> String {
    written(&reports.iter().map(|report| Page::new(report, voice)).collect::<Vec<_>>(), voice)
}

/// Pages as one document.
pub(super) fn written(pages: &[Page], voice: &dyn Voice) -> String {
    let key = |key: &'static str| voice.say(&Text::new(key));
    let mut out = Html::default();
    out.mark("<!doctype html>\n<html");
    out.attribute(" lang", &key("panel_language"));
    out.attribute(" dir", &key("panel_direction"));
    // Whatever somebody manages to smuggle in: nothing is loaded and nothing runs.
    out.mark(concat!(
        ">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
    ));
    let title = match pages {
        [only] => only.title.clone(),
        several => voice.say(&Text::counted("record_titles", several.len())),
    };
    out.element("title", &title);
    out.mark("\n<style>\n").mark(STYLE).mark("</style>\n</head>\n<body>\n<main>\n");
    for page in pages {
        article(&mut out, page);
    }
    out.mark("</main>\n</body>\n</html>\n");
    out.0
}

fn article(out: &mut Html, page: &Page) {
    out.mark("<article>\n<header>\n").element("h1", &page.title).mark("\n<ul>\n");
    for (words, tone) in &page.summary {
        out.mark("<li").class(*tone).mark(">").text(words).mark("</li>\n");
    }
    out.mark("</ul>\n");
    if let Some((what, figures)) = &page.notice {
        out.mark("<p class=\"notice\">").element("strong", what).mark(" ").text(figures).mark("</p>\n");
    }
    out.mark("</header>\n<dl>\n");
    for (word, value) in &page.facts {
        out.element("dt", word).mark("<dd>");
        write_words(out, value);
        out.mark("</dd>\n");
    }
    out.mark("</dl>\n");
    for section in &page.sections {
        write_section(out, section);
    }
    out.mark("<footer>").text(&page.foot).mark("</footer>\n</article>\n");
}

fn write_section(out: &mut Html, section: &Section) {
    out.mark("<section>\n").element("h2", &section.heading).mark("\n");
    if let Some(lead) = &section.lead {
        out.element("p", lead).mark("\n");
    }
    if let Some(table) = &section.table {
        write_table(out, table);
    }
    for note in &section.notes {
        out.element("p", note).mark("\n");
    }
    out.mark("</section>\n");
}

fn write_table(out: &mut Html, table: &Table) {
    out.mark("<div class=\"table\"><table>\n<thead><tr>");
    for head in &table.head {
        out.mark("<th scope=\"col\">").text(head).mark("</th>");
    }
    out.mark("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.mark("<tr>");
        for cell in row {
            write_cell(out, cell);
        }
        out.mark("</tr>\n");
    }
    out.mark("</tbody>\n</table></div>\n");
}

fn write_cell(out: &mut Html, cell: &Cell) {
    out.mark("<td").class(cell.tone).mark(">");
    write_words(out, cell);
    out.mark("</td>");
}

fn write_words(out: &mut Html, cell: &Cell) {
    out.mark("<span dir=\"auto\">").text(&cell.words).mark("</span>");
    for line in &cell.below {
        match line {
            Line::Words(words) => {
                out.mark("<small dir=\"auto\">").text(words).mark("</small>");
            }
            Line::Names(names) => {
                out.mark("<small>");
                for (place, name) in names.iter().enumerate() {
                    out.mark(if place == 0 { "" } else { " · " }).element("bdi", name);
                }
                out.mark("</small>");
            }
        }
    }
}

/// A page being written: marks are ours and known when this is compiled, everything else goes through [`Html::text`].
#[derive(Default)]
struct Html(String);

impl Html {
    fn mark(&mut self, mark: &'static str) -> &mut Self {
        self.0.push_str(mark);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
        self
    }

    fn class(&mut self, tone: Option<Tone>) -> &mut Self {
        self.mark(match tone {
            None => "",
            Some(Tone::Mismatch) => " class=\"tone mismatch\"",
            Some(Tone::Intended) => " class=\"tone intended\"",
            Some(Tone::Unknown) => " class=\"tone unknown\"",
            Some(Tone::RunOnly) => " class=\"tone run-only\"",
            Some(Tone::Broken) => " class=\"tone broken\"",
        })
    }

    fn element(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.mark("<").mark(name).mark(">").text(text).mark("</").mark(name).mark(">")
    }

    fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.mark(name).mark("=\"").text(value).mark("\"")
    }
}
