package dev.agora.gateway.body;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.Problem;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;

/**
 * What the request bodies of one kind of clients may take: places, which incomplete
 * bodies occupy, and memory, which all bodies take until their requests are answered.
 * Each client has a share, so that one client alone cannot use up what is there for all.
 */
final class BodyBudget {

	private final Usage most;

	private final Usage mostOfClient;

	private final AtomicLong places = new AtomicLong();

	private final AtomicLong bytes = new AtomicLong();

	private final ConcurrentMap<String, Usage> clients = new ConcurrentHashMap<>();

	private final Problem shareUsed;

	private final Problem full;

	private final Counter overShare;

	private final Counter overAll;

	BodyBudget(String kind, int perClient, BodySettings settings, MeterRegistry meters) {
		this.most = new Usage(settings.places(), settings.memory().toBytes());
		this.mostOfClient = new Usage(perClient, settings.memoryPerClient().toBytes());
		this.shareUsed = new TooManyRequests("too-many-incomplete-requests",
				"This " + kind + " may have " + perClient + " requests with incomplete bodies at a time, and bodies of "
						+ this.mostOfClient.bytes() + " bytes in all.",
				settings.retryAfter());
		this.full = new Unavailable("The gateway receives as many request bodies as it can hold.",
				settings.retryAfter());
		this.overShare = meters.counter("body.rejected", "client", kind, "reason", "share");
		this.overAll = meters.counter("body.rejected", "client", kind, "reason", "full");
		Gauge.builder("body.incomplete", this.places, AtomicLong::get).tag("client", kind).register(meters);
		Gauge.builder("body.memory", this.bytes, AtomicLong::get)
			.baseUnit("bytes")
			.tag("client", kind)
			.register(meters);
	}

	/**
	 * Takes places and memory for a client.
	 * @throws TooManyRequests if that is more than the client's share
	 * @throws Unavailable if that is more than there is for all clients
	 */
	void take(String client, int morePlaces, long moreBytes) {
		Usage ofClient = change(client, morePlaces, moreBytes);
		Usage ofAll = new Usage(this.places.addAndGet(morePlaces), this.bytes.addAndGet(moreBytes));
		boolean overShare = ofClient.exceeds(this.mostOfClient);
		if (overShare || ofAll.exceeds(this.most)) {
			release(client, morePlaces, moreBytes);
			(overShare ? this.overShare : this.overAll).increment();
			throw overShare ? this.shareUsed : this.full;
		}
	}

	/** Gives back what was taken. */
	void release(String client, int fewerPlaces, long fewerBytes) {
		this.places.addAndGet(-fewerPlaces);
		this.bytes.addAndGet(-fewerBytes);
		change(client, -fewerPlaces, -fewerBytes);
	}

	/** Clients that use nothing are not kept. */
	private Usage change(String client, long morePlaces, long moreBytes) {
		Usage now = this.clients.compute(client, (same, before) -> Usage.add(before, morePlaces, moreBytes));
		return (now != null) ? now : Usage.NONE;
	}

	private record Usage(long places, long bytes) {

		static final Usage NONE = new Usage(0, 0);

		static @Nullable Usage add(@Nullable Usage before, long places, long bytes) {
			Usage base = (before != null) ? before : NONE;
			Usage now = new Usage(base.places + places, base.bytes + bytes);
			return now.equals(NONE) ? null : now;
		}

		boolean exceeds(Usage most) {
			return this.places > most.places || this.bytes > most.bytes;
		}

	}

}
