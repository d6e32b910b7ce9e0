# What all templates share; put before each of them, and before the prelude of its folder.

# A value as text if it says something, else null: objects, lists, "none" and "" say nothing.
def shown:
  if type == "number" or type == "boolean" then tostring
  elif type == "string" and . != "" and . != "none" then .
  else null end;

# What lies at a path, whatever shape the event has.
def at($path): (try getpath($path) catch null) | shown;

# Those of the parts that say something.
def say($parts; $glue): $parts | map(shown | select(. != null)) | join($glue);

# What the event says in words, whatever its type.
def words:
  at(["event", "data", "statusMessage"])
  // at(["event", "data", "comment"])
  // at(["event", "payload", "message", "body"])
  // at(["event", "event", "message"]);

# Whether this is a later message of an incident. The first is that of the event that opened it, as where there is none.
def later: .incident.kind != null and .incident.kind != "opened";

# Whether it is over: the incident says so, or where there is none the event; and whether it is over for a good reason.
def over: if .incident.kind == null then .resolve else .incident.state == "closed" end;
def recovered: over and (.incident.kind == null or .incident.reason == "recovered");
def well: recovered or (over and .incident.reason == "quiet");

def severity: {critical: "Critical", error: "Error", warning: "Warning"}[.severity // "info"] // "Info";

# How grave it is, or how it ended.
def grave:
  if .incident.kind == "graver" then "Now " + (severity | ascii_downcase)
  elif .incident.kind == "still-open" then severity + ", still open after " + .incident.lasted
  elif recovered then "Recovered"
  elif over then {"by-hand": "Closed by hand", stale: "Closed as stale"}[.incident.reason // ""] // "Closed"
  else severity end;

# How many alerts, if there are several.
def many: if .incident.kind != null and .incident.count > 1 then .incident.counted else null end;

# The first line of a message.
def heading($what): say([grave + ": " + $what, many]; " – ");

# The rule and what the alert is about; later what all alerts of the incident are about.
def subject:
  .incident.group as $group
  | say([.rule, if later and $group.name == null and $group.monitor == null then null else .labels.name end]; " – ");

# How many since when, at which rate, and how many of them are news; null where there is no incident.
def counts:
  .incident
  | (.kind == "closed" or (.kind == "still-open" and .more == 0)) as $past
  | if .kind == null then null
    else
      say([
        .alerts + (if .count == 1 then " at \(.lastAt)" elif $past then " from \(.sinceAt) to \(.lastAt)"
          else " since \(.sinceAt)" end) + " " + .zone,
        .rate,
        if .kind == "still-open" and $past then "none since"
        elif .kind == "opened" or $past or .more == 0 or .more >= .count then null
        else "\(.moreCounted) of them since the last message" end
      ]; ", ")
    end;

# Why the incident is closed.
def why:
  .incident
  | if .kind != "closed" then null
    elif .reason == "quiet" then "Quiet: no alert since \(.lastAt) \(.zone)."
    elif .reason == "recovered" then "An event says that it is over."
    elif .reason == "by-hand" and .who != null then "\(.who) closed it."
    elif .reason == "stale" then "It may go on: nothing said that it is over, but no alert came since \(.lastAt) \(.zone)."
    else null end;

# What there is to say of an incident: sentences. Of its first message only what the event doesn't say.
def story:
  counts as $counts
  | why as $why
  | (severity | ascii_downcase) as $severity
  | .incident
  | [
      if .kind == "graver" then "The severity rose to \($severity)." else null end,
      $why,
      if $counts == null or (.kind == "opened" and .count == 1) then null
      elif .kind == "closed" then "Open for \(.lasted): \($counts)."
      else "\($counts)." end,
      if .folded == true then "Too many incidents of this rule are open: this one stands for all further causes." else null end,
      if .kind != "closed" and .who != null then "Acknowledged by \(.who)." else null end
    ]
  | map(select(. != null));

# The incident's most frequent text, and the most frequent ones with how often each came.
def often: (.incident.texts // [])[0].text;
def texts: [(.incident.texts // [])[] | "\(.counted) × \(.text)"];

# The labels that tell the incident from another, as [name, value]; but for the source, which is shown anyway, the
# monitor, which has a name, and the error, which the texts say better.
def group:
  often as $text
  | [
      (.incident.group // {}) | to_entries[]
      | select(.key != "source" and .key != "monitor" and (.key != "error" or $text == null))
      | [(.key[0:1] | ascii_upcase) + .key[1:], (.value | shown)]
      | select(.[1] != null)
    ][0:6];

# What is known of the alert, or later of its incident, as [name, value].
def facts:
  .labels as $l
  | [
      (if later then
        group + [["Last alert", "\(.incident.lastAt) \(.incident.zone)"], ["Source", .source], ["Incident", .incident.id]]
      else
        [
          ["Value", ($l.value | shown) // $l.category],
          ["Trace ID", $l.trace],
          ["Observation", $l.observation],
          ["Model", $l.model],
          ["Severity at Langfuse", $l.monitorSeverity],
          ["Project", $l.project],
          ["Source", .source],
          ["Received", .received],
          ["Incident", .incident.id]
        ]
      end)[]
      | [.[0], (.[1] | shown)]
      | select(.[1] != null)
    ];

# What the event says, and what there is to say of its incident: paragraphs, each a list of lines.
def paragraphs:
  [
    (if later then story else [words] end),
    (if later | not then story elif often == null then [words] else texts end)
  ]
  | map(map(select(. != null)) | select(length > 0));
