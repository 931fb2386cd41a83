import { createRoot } from 'react-dom/client';
import { App } from './App';
import './portal.css';
import '@xyflow/react/dist/style.css';
import './designer/designer.css';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<App />);
}
