package dev.agora.console.scrape;

import java.util.List;

/**
 * The metrics that the console shows. It requests no others, so that a reading is small.
 */
public final class ShownMetrics {

	/** The requests that a service has received. */
	public static final String REQUESTS = "http_server_requests_seconds";

	/** The requests that a gateway has received. */
	public static final String GATEWAY_REQUESTS = "gateway_requests_seconds";

	/** The memory of a process. */
	public static final String MEMORY = "process_resident_memory_bytes";

	/** The share of all cores that a process uses. */
	public static final String CPU = "process_cpu_usage";

	/** The time that events wait until they are published. */
	public static final String OUTBOX_DELAY = "outbox_delay_seconds";

	/** The events that wait in outboxes. */
	public static final String OUTBOX_BACKLOG = "outbox_backlog";

	/** The age of the oldest event in an outbox. */
	public static final String OUTBOX_AGE = "outbox_oldest_age_seconds";

	/** The batches of events that a group has applied. */
	public static final String EVENTS = "events_handled_seconds";

	/** The events of a topic that a group has not applied yet. */
	public static final String LAG = "consumer_lag_records";

	/** The reads of cached objects. */
	public static final String CACHE_READS = "cache_reads_total";

	/** The loads of objects that were not cached. */
	public static final String CACHE_LOADS = "cache_loads_seconds";

	/** The time from a post to its last push into a timeline. */
	public static final String FRESHNESS = "feed_freshness_seconds";

	/** The age of the oldest event that timelines lack. */
	public static final String FRESHNESS_AGE = "feed_freshness_age_seconds";

	/** The registry knows a counter by its name without the suffix. */
	private static final String CACHE_READS_COUNTER = CACHE_READS.replace("_total", "");

	static final String PATH = "/prometheus?includedNames=" + String.join("&includedNames=",
			List.of(REQUESTS, GATEWAY_REQUESTS, MEMORY, CPU, OUTBOX_DELAY, OUTBOX_BACKLOG, OUTBOX_AGE, EVENTS, LAG,
					CACHE_READS_COUNTER, CACHE_LOADS, FRESHNESS, FRESHNESS_AGE));

	private ShownMetrics() {
	}

}
