import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // No script inside the page: the portal must also work under `script-src 'self'`.
  build: { modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900 },
});
