# What the Teams templates share; put before each of them. A TextRun is text and nothing else: no client reads markup in it.

# A value as text if it says something, else null: objects, lists, "none" and "" say nothing.
def shown:
  if type == "number" or type == "boolean" then tostring
  elif type == "string" and . != "" and . != "none" then .
  else null end;

# What lies at a path, whatever shape the event has.
def at($path): (try getpath($path) catch null) | shown;

# Teams takes 28 KB in all.
def run: {type: "TextRun", text: (if length > 1000 then .[0:999] + "…" else . end)};

def grave:
  if .resolve then "Recovered"
  else {critical: "Critical", error: "Error", warning: "Warning"}[.severity // "info"] // "Info" end;

def color:
  if .resolve then "good"
  else {critical: "attention", error: "attention", warning: "warning"}[.severity // "info"] // "default" end;

# One card: $heading follows the severity; $body is a paragraph or null; $facts are [name, value] pairs, of which only
# those are shown that say something.
def card($heading; $body; $facts):
  color as $color
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
                inlines: [(grave + ": " + $heading) | run + {weight: "bolder", size: "medium", color: $color}]
              },
              (if ($body | shown) == null then empty else {type: "RichTextBlock", inlines: [$body | run]} end),
              ($facts[] | .[0] as $name | .[1] | shown | select(. != null)
                | {type: "RichTextBlock", spacing: "none", inlines: [($name + ": " | run + {weight: "bolder"}), run]})
            ],
            actions: [(.links | to_entries[] | {type: "Action.OpenUrl", title: "Open in Langfuse (" + .key + ")", url: .value})]
          }
        }
      ]
    };
