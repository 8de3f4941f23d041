// What eslint recommends, over the scripts of overrides/: classic ones, and the worker.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-control-regex": "off", // what Word refuses and what is plain ASCII is told by these characters
      "no-use-before-define": ["error", { functions: false, variables: false }],
      eqeqeq: "error",
    },
  },
  { files: ["**/worker.js"], languageOptions: { globals: globals.serviceworker } },
];
