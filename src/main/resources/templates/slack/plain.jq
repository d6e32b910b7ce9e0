# What is sent when Slack refused the blocks: a text that it can't refuse.
{
  text: (.labels as $l
    | def named($what; $value): ($value | shown) | if . == null then null else $what + " " + . end;
    if later then say([heading(.rule), named("project"; $l.project)]; ", ") + ". " + say([story[], often]; " ")
    else
      say([
        heading(.rule), say([$l.type, $l.name]; " "), named("subject"; $l.subject), named("project"; $l.project), words
      ]; ", ")
    end)
}
