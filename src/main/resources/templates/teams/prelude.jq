# What the Teams templates share. A TextRun is text and nothing else: no client reads markup in it.

# More of one text says no more; all together are cut to what Teams takes.
def run: {type: "TextRun", text: (if length > 600 then .[0:599] + "…" else . end)};

def color:
  if over then (if well then "good" else "default" end)
  else {critical: "attention", error: "attention", warning: "warning"}[.severity // "info"] // "default" end;

# Some traces of the incident, as runs that lead to them.
def traces:
  [
    (.incident.samples // [])[]
    | (" · " | run),
      (.brief | run) + (if .view == null then {} else {selectAction: {type: "Action.OpenUrl", url: .view}} end)
  ][1:];

# One card: $paragraphs are lists of lines; $facts are [name, value] pairs.
def card($heading; $paragraphs; $facts):
  color as $color
  | (if later then traces else [] end) as $traces
  | {
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            type: "AdaptiveCard",
            version: "1.4",
            body: [
              {
                type: "RichTextBlock",
                inlines: [$heading | run + {weight: "bolder", size: "medium", color: $color}]
              },
              ($paragraphs[]
                | {type: "RichTextBlock", inlines: [.[0] | run]},
                  (.[1:][] | {type: "RichTextBlock", spacing: "none", inlines: [run]})),
              (if $traces == [] then empty
                else {type: "RichTextBlock", inlines: (["Traces: " | run + {weight: "bolder"}] + $traces)} end),
              ($facts[] | {type: "RichTextBlock", spacing: "none", inlines: [(.[0] + ": " | run + {weight: "bolder"}), (.[1] | run)]})
            ],
            actions: [(.links | to_entries[] | {type: "Action.OpenUrl", title: ({view: "View in Langfuse", data: "View data"}[.key] // .key), url: .value})]
          }
        }
      ]
    };
