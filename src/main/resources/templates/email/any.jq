# Any event: a subject of one line, and a text with what is known, a line each. All mails about an incident have one
# subject, so that they are one thread; how it stands is the first line of the text.
def short($n): shown | if . == null then null else .[0:1000] | gsub("\\s+"; " ") | if length > $n then .[0:$n - 1] + "…" else . end end;

.incident as $incident
| .labels as $labels
| (if $incident.kind == null then
     heading(say([.rule, ($labels.name | short(60)), (words | short(80)),
       ($labels.trace | if shown == null then null else "trace " + short(12) end)]; " – "))
   else
     say([.rule,
       ($incident.group | to_entries[] | select(.key != "source" and .key != "project") | .value | short(80)),
       ($incident.id | if . == null then null else "incident \(.)" end)]; " – ")
   end) as $subject
| {
    subject: ($subject | .[0:200]),
    text: (
      [
        (if $incident.kind == null then "" else heading(subject) end),
        (paragraphs[] | join("\n")),
        (facts | map("\(.[0]): \(.[1])") | join("\n")),
        (if later then [(.incident.samples // [])[] | .view // .trace | "Trace: " + .] | join("\n") else "" end),
        .links[]
      ]
      | map(select(. != "")) | join("\n\n") | .[0:20000]
    )
  }
