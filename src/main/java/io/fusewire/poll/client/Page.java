package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the API answered.
 *
 * @param rows as they came, the newest first
 * @param next where the next page begins, or null after the last
 */
record Page(List<JsonNode> rows, String next) {}
