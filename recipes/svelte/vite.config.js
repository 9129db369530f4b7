import { svelte } from "@sveltejs/vite-plugin-svelte";

export default {
  plugins: [svelte()],
  // The development server of Vite before 8 would bundle the package first, and look for the card's files beside that.
  optimizeDeps: { exclude: ["maqal-card"] },
};
