package dev.agora.gateway.body;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.problem.Problem;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;

/**
 * Bounds the request bodies of one kind of clients: the number of incomplete bodies, and
 * the memory that all bodies take until their requests are answered. Each client has a
 * share, so that one client alone cannot use up the budget of all.
 */
final class BodyBudget {

	/** Members and anonymous clients have one half of each bound. */
	private static final int KINDS = 2;

	private final Usage max;

	private final Usage maxOfClient;

	private final AtomicLong incomplete = new AtomicLong();

	private final AtomicLong bytes = new AtomicLong();

	private final ConcurrentMap<String, Usage> clients = new ConcurrentHashMap<>();

	private final Problem shareExhausted;

	private final Problem exhausted;

	private final Counter rejectedByShare;

	private final Counter rejectedByBudget;

	BodyBudget(String kind, int perClient, BodySettings settings, MeterRegistry meters) {
		this.max = new Usage(settings.maxIncomplete() / KINDS, settings.memory().toBytes() / KINDS);
		this.maxOfClient = new Usage(perClient, settings.memoryPerClient().toBytes());
		this.shareExhausted = new TooManyRequests("too-many-incomplete-requests",
				"This " + kind + " may have at most " + perClient + " requests with incomplete bodies at a time, and "
						+ this.maxOfClient.bytes() + " bytes of bodies in all. Complete some of them first.",
				settings.retryAfter());
		this.exhausted = new Unavailable("The gateway cannot hold more request bodies now. Try again later.",
				settings.retryAfter());
		this.rejectedByShare = meters.counter("body.rejected", "client", kind, "reason", "share");
		this.rejectedByBudget = meters.counter("body.rejected", "client", kind, "reason", "full");
		CapacityMeters.register(meters, "incomplete-bodies:" + kind, this.incomplete::intValue,
				() -> Math.toIntExact(this.max.incomplete()));
		Gauge.builder("body.memory.limit", () -> this.max.bytes())
			.baseUnit("bytes")
			.tag("client", kind)
			.register(meters);
		Gauge.builder("body.incomplete", this.incomplete, AtomicLong::get).tag("client", kind).register(meters);
		Gauge.builder("body.memory", this.bytes, AtomicLong::get)
			.baseUnit("bytes")
			.tag("client", kind)
			.register(meters);
	}

	/**
	 * Reserves incomplete bodies and memory for a client.
	 * @throws TooManyRequests if the client's share is used up
	 * @throws Unavailable if the budget of all clients is used up
	 */
	void reserve(String client, int bodies, long memory) {
		Usage ofClient = change(client, bodies, memory);
		Usage ofAll = new Usage(this.incomplete.addAndGet(bodies), this.bytes.addAndGet(memory));
		if (ofClient.exceeds(this.maxOfClient)) {
			release(client, bodies, memory);
			throw reject(this.rejectedByShare, this.shareExhausted);
		}
		if (ofAll.exceeds(this.max)) {
			release(client, bodies, memory);
			throw reject(this.rejectedByBudget, this.exhausted);
		}
	}

	/** Releases what was reserved. */
	void release(String client, int bodies, long memory) {
		this.incomplete.addAndGet(-bodies);
		this.bytes.addAndGet(-memory);
		change(client, -bodies, -memory);
	}

	private static Problem reject(Counter counter, Problem problem) {
		counter.increment();
		return problem;
	}

	/** Changes the reservation of a client. Clients without a reservation are removed. */
	private Usage change(String client, long bodies, long memory) {
		Usage now = this.clients.compute(client, (same, before) -> Usage.add(before, bodies, memory));
		return (now != null) ? now : Usage.NONE;
	}

	private record Usage(long incomplete, long bytes) {

		static final Usage NONE = new Usage(0, 0);

		static @Nullable Usage add(@Nullable Usage before, long bodies, long memory) {
			Usage base = (before != null) ? before : NONE;
			Usage now = new Usage(base.incomplete + bodies, base.bytes + memory);
			return now.equals(NONE) ? null : now;
		}

		boolean exceeds(Usage max) {
			return this.incomplete > max.incomplete || this.bytes > max.bytes;
		}

	}

}
