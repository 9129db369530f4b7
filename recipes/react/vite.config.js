// The development server of Vite before 8 would bundle the package first, and look for the card's files beside that.
export default { optimizeDeps: { exclude: ["maqal-card"] } };
