// Which folder may import which: `firmware -> protocol`, `sdk -> protocol`, `tools -> all three`.
// Settings of dependency-cruiser; nothing else stands here.

const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: allowed },
});

// Modules inside the interpreter, which no file of ours provides.
const inEspruino = "^(Storage|Flash|crypto|heatshrink)$";

module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Two files that import each other are one file, or a third is missing between them.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolved",
      comment: "The imported file does not exist.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: inEspruino },
    },
    only("protocol-alone", "protocol/ imports only itself.", "^protocol/", "^protocol/"),
    only(
      "core-alone",
      "firmware/core imports only protocol/ and itself.",
      "^firmware/core/",
      "^(protocol|firmware/core)/",
    ),
    only(
      "gnss-alone",
      "firmware/gnss imports only protocol/ and itself.",
      "^firmware/gnss/",
      "^(protocol|firmware/gnss)/",
    ),
    only(
      "motion-alone",
      "firmware/motion imports only protocol/ and itself.",
      "^firmware/motion/",
      "^(protocol|firmware/motion)/",
    ),
    only(
      "firmware-platform-free",
      "firmware/board and firmware/modem know no platform.",
      "^firmware/(board|modem)/",
      "^(protocol|firmware/(core|board|gnss|modem))/",
    ),
    only(
      "firmware-espruino",
      "firmware/espruino imports protocol/ and the shared folders of firmware/, never luatos.",
      "^firmware/espruino/",
      `^(protocol|firmware/(core|board|gnss|motion|modem|espruino))/|${inEspruino}`,
    ),
    only(
      "firmware-luatos",
      "firmware/luatos imports protocol/ and the shared folders of firmware/, never espruino.",
      "^firmware/luatos/",
      "^(protocol|firmware/(core|board|gnss|motion|modem|luatos))/",
    ),
    {
      name: "sdk-not-upward",
      comment: "sdk/ imports protocol/, packages and itself; never firmware/, tools/ or test/.",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "^(firmware|tools|test)/" },
    },
    {
      name: "tools-not-test",
      comment: "tools/ imports protocol/, firmware/ and sdk/; never test/.",
      severity: "error",
      from: { path: "^tools/" },
      to: { path: "^test/" },
    },
    {
      name: "desk-in-the-browser",
      comment: "The desk speaks to the platform over HTTP; it imports no code of it, only types.",
      severity: "error",
      from: { path: "^tools/desk/", pathNot: "vite\\.config\\.ts$" },
      to: { path: "^(protocol|firmware|sdk|tools/(?!desk/))", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "desk-without-node",
      comment: "The desk runs in a browser: no module of Node.",
      severity: "error",
      from: { path: "^tools/desk/", pathNot: "vite\\.config\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-dev-package-at-run-time",
      comment: "What sdk/ imports must stand in `dependencies`: it is installed with the package.",
      severity: "error",
      from: { path: "^sdk/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|tools/desk/dist)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
