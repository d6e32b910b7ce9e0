# What is sent when Slack refused the blocks: one line that it can't refuse.
{
  text: (if later then "\(heading(.rule)), project \(.labels.project). " + (story | join(" "))
    else "\(grave): \(.rule), \(.labels.type) \(.labels.name), subject \(.labels.subject), project \(.labels.project)" end)
}
