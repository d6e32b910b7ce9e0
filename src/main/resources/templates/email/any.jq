# Any event: a subject of one line, and a text with what is known, a line each.
def shown:
  if type == "number" or type == "boolean" then tostring
  elif type == "string" and . != "" and . != "none" then .
  else null end;

def at($path): (try getpath($path) catch null) | shown;

def grave:
  if .resolve then "Recovered"
  else {critical: "Critical", error: "Error", warning: "Warning"}[.severity // "info"] // "Info" end;

.labels as $l
| (at(["event", "data", "statusMessage"])
    // at(["event", "data", "comment"])
    // at(["event", "payload", "message", "body"])
    // at(["event", "event", "message"])) as $text
| {
    subject: ("\(grave): \(.rule)" + (($l.name | shown) as $name | if $name == null then "" else " – " + $name end) | .[0:200]),
    text: (
      [
        $text,
        (if $text == null then empty else "" end),
        ([
            ["Value", ($l.value | shown) // $l.category],
            ["Trace ID", $l.trace],
            ["Observation", $l.observation],
            ["Model", $l.model],
            ["Severity at Langfuse", $l.monitorSeverity],
            ["Project", $l.project],
            ["Source", .source],
            ["Received", .received]
          ][] | .[0] as $name | .[1] | shown | select(. != null) | "\($name): \(.)"),
        (.links[] | "\n" + .)
      ]
      | map(select(. != null)) | join("\n") | .[0:20000]
    )
  }
