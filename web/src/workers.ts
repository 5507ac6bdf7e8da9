// Where the editor finds its threads; has to run before the editor is loaded.

declare const WORKERS: Record<"editor" | "graphql" | "json", string>;

window.MonacoEnvironment = {
  getWorker(_module, label) {
    return new Worker(label === "graphql" || label === "json" ? WORKERS[label] : WORKERS.editor, { name: label });
  },
};

export {};
