package dev.agora.measure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.measure.history.Level;

/**
 * The operations and outages of a {@link HistoryRun}.
 *
 * @param operations the number of operations, more if the outages take longer
 * @param clients the number of concurrent clients
 * @param outages the processes to stop and start, one after the other
 * @param outage how long each is unavailable
 * @param seed decides the operations
 * @param planted the level whose reads have a fault, null for none
 */
public record HistoryPlan(int operations, int clients, List<String> outages, Duration outage, long seed,
		@Nullable Level planted) {
}
