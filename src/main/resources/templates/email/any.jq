# Any event: a subject of one line, and a text with what is known, a line each.
{
  subject: (heading(subject) | .[0:200]),
  text: (
    [
      (paragraphs[] | join("\n")),
      (facts | map("\(.[0]): \(.[1])") | join("\n")),
      (if later then [(.incident.samples // [])[] | .view // .trace | "Trace: " + .] | join("\n") else "" end),
      .links[]
    ]
    | map(select(. != "")) | join("\n\n") | .[0:20000]
  )
}
