package dev.agora.platform.kafka.deadletter;

import java.util.List;

/**
 * The result of a replay.
 *
 * @param replayed the number of letters that were sent again
 * @param refused the reasons why others were not, one sentence for each
 */
public record ReplayResult(int replayed, List<String> refused) {
}
