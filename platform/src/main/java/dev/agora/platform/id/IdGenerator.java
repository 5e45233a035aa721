package dev.agora.platform.id;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import com.github.f4b6a3.tsid.Tsid;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.problem.Unavailable;

/**
 * Generates ids of 13 characters (Crockford base 32) that sort by the millisecond of
 * their creation. Each process chooses its node number at random, so instances need no
 * coordination.
 * <p>
 * Lists are sorted by id, so ids from a wrong clock would be sorted wrongly for ever. A
 * process never generates an id below its last one, and none at all while its clock is
 * off by more than {@link #TOLERANCE}.
 */
public final class IdGenerator {

	/** How far the clock may move back, or differ from that of the database. */
	public static final Duration TOLERANCE = Duration.ofSeconds(10);

	private static final int COUNTER_BITS = 12;

	private static final int NODE_BITS = 10;

	private final Clock clock;

	/** Random but not secret: ids are no secrets. */
	private final long node = ThreadLocalRandom.current().nextLong(1 << NODE_BITS);

	/**
	 * The latest id without its node: the milliseconds since {@link Tsid#TSID_EPOCH},
	 * followed by the counter. It is one number, so that event loops need no lock.
	 */
	private final AtomicLong latest = new AtomicLong();

	private volatile boolean wrong;

	public IdGenerator(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Generates an id.
	 * @throws Unavailable if the clock cannot be trusted
	 */
	public String next() {
		if (!isUsable()) {
			throw new Unavailable("The clock of this server is wrong.", TOLERANCE);
		}
		long next = this.latest.accumulateAndGet(firstOfMillisecond(), IdGenerator::following);
		long counter = next & ((1 << COUNTER_BITS) - 1);
		return Tsid.from((((millis(next) << NODE_BITS) | this.node) << COUNTER_BITS) | counter).toString();
	}

	/**
	 * The counter starts at random in each millisecond: two processes with the same node
	 * are unlikely to generate the same id.
	 */
	private long firstOfMillisecond() {
		long millis = this.clock.millis() - Tsid.TSID_EPOCH;
		return (millis << COUNTER_BITS) | ThreadLocalRandom.current().nextLong(1 << COUNTER_BITS);
	}

	/** A counter that overflows continues in the next millisecond. */
	private static long following(long latest, long first) {
		return (millis(first) > millis(latest)) ? first : latest + 1;
	}

	private static long millis(long idWithoutNode) {
		return idWithoutNode >> COUNTER_BITS;
	}

	/** Whether the clock is exact enough to generate ids. */
	public boolean isUsable() {
		return !this.wrong && this.clock.millis() - Tsid.TSID_EPOCH >= millis(this.latest.get()) - TOLERANCE.toMillis();
	}

	/**
	 * Receives the result of a comparison with the clock that all instances share.
	 * @param skew the minimum by which the clock of this instance is ahead or, if
	 * negative, behind
	 * @return whether the difference is tolerable
	 */
	public boolean compareClock(Duration skew) {
		this.wrong = skew.abs().compareTo(TOLERANCE) > 0;
		return !this.wrong;
	}

	/**
	 * Generates an id for an object that is not stored, without a lock that all event
	 * loops would contend for. The ids of one millisecond are not ordered.
	 */
	public String nextTransient() {
		return Tsid.fast().toString();
	}

	/**
	 * Derives the id of an object that an event causes. The same event derives the same
	 * id, and ids sort by the times of their events.
	 * @param at the time of the event
	 * @param source distinguishes the events of one millisecond
	 */
	public static String derive(Instant at, String source) {
		long digest = HexFormat.fromHexDigitsToLong(Sha256.hex(source), 0, Long.BYTES);
		long suffix = digest & ((1 << (NODE_BITS + COUNTER_BITS)) - 1);
		return ofNumber(((at.toEpochMilli() - Tsid.TSID_EPOCH) << (NODE_BITS + COUNTER_BITS)) | suffix);
	}

	/** Whether a text is an id. */
	public static boolean isId(String text) {
		return Tsid.isValid(text) && text.equals(Tsid.from(text).toString());
	}

	/**
	 * Converts an id to its 64-bit number, whose order is that of the ids.
	 * @param id a valid id
	 */
	public static long toNumber(String id) {
		return Tsid.from(id).toLong();
	}

	/** Converts the 64-bit number of an id to the id. */
	public static String ofNumber(long number) {
		return Tsid.from(number).toString();
	}

	/**
	 * The time at which an id was generated.
	 * @param id a valid id
	 */
	public static Instant createdAt(String id) {
		return Tsid.from(id).getInstant();
	}

}
