/** Recognises a YAML file of another kind of ours by keys that only that kind has. */

const KINDS = [
  { kind: "a sweep", own: /^grid:/m, command: "sweep" },
  { kind: "a small world", own: /^(?:losses|delays|crashes|leaves|phases):/m, command: "explore" },
  { kind: "a scenario", own: /^(?:duration|timeline|expect):/m, command: "" },
] as const;

/** If the file is of another kind than the named command takes (empty: the command that plays scenarios), a line that names the right command; otherwise nothing. */
export function otherKind(file: string, text: string, command: "" | "sweep"): readonly string[] {
  const meant = KINDS.find(({ own }) => own.test(text));
  if (meant === undefined || meant.command === command) return [];
  const other = KINDS.find((each) => each.command === command)?.kind ?? "";
  return [`${file} looks like ${meant.kind}, not like ${other}: write ${meant.command === "" ? file : `${meant.command} ${file}`}`];
}
