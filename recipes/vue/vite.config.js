import vue from "@vitejs/plugin-vue";

export default {
  // Vue is told which tags are elements and no components of its own.
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("maqal-") } } })],
  // The development server of Vite before 8 would bundle the package first, and look for the card's files beside that.
  optimizeDeps: { exclude: ["maqal-card"] },
};
