package dev.agora.platform.id;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import com.github.f4b6a3.tsid.Tsid;
import com.github.f4b6a3.tsid.TsidFactory;

import dev.agora.platform.problem.Unavailable;

/**
 * Makes ids of 13 characters (Crockford base 32) that sort by the millisecond of their
 * making; each process draws its node number by chance, so clones need no coordination.
 * <p>
 * Lists are sorted by id, so a wrong clock would hide what is new, or keep on top what
 * was made while it was wrong. A process never makes an id below its last one, and none
 * at all while its clock is off by more than {@link #TOLERANCE}.
 */
public final class IdGenerator {

	/** How far the clock may go back, or differ from that of the database. */
	public static final Duration TOLERANCE = Duration.ofSeconds(10);

	private final Clock clock;

	private final TsidFactory factory;

	/** The time of the latest id, which is not below the one before it. */
	private final AtomicLong latest = new AtomicLong();

	private volatile boolean wrong;

	public IdGenerator(Clock clock) {
		// Ids are no secrets; a secure generator may block an event loop.
		Random random = new Random();
		this.clock = clock;
		this.factory = TsidFactory.builder().withClock(clock).withNode(random.nextInt(1024)).withRandom(random).build();
	}

	/**
	 * Makes an id.
	 * @throws Unavailable if the clock cannot be trusted
	 */
	public String next() {
		if (!isUsable()) {
			throw new Unavailable("The clock of this server is wrong.", TOLERANCE);
		}
		Tsid id = this.factory.create();
		this.latest.accumulateAndGet(id.getUnixMilliseconds(), Math::max);
		return id.toString();
	}

	/** Whether ids can be made. */
	public boolean isUsable() {
		return !this.wrong && this.clock.millis() >= this.latest.get() - TOLERANCE.toMillis();
	}

	/**
	 * Takes note of a comparison with the clock that all instances share.
	 * @param skew by how much this instance's clock is ahead at the least, or, negative,
	 * behind
	 * @return whether it may be as it is
	 */
	public boolean compareClock(Duration skew) {
		this.wrong = skew.abs().compareTo(TOLERANCE) > 0;
		return !this.wrong;
	}

	/**
	 * One for what is not stored, made without a lock, which would be fought over by all
	 * event loops. Those of the same millisecond do not sort.
	 */
	public String passing() {
		return Tsid.fast().toString();
	}

	public static boolean isId(String text) {
		return Tsid.isValid(text) && text.equals(Tsid.from(text).toString());
	}

	/**
	 * When an id was made.
	 * @param id a valid id
	 */
	public static Instant madeAt(String id) {
		return Tsid.from(id).getInstant();
	}

}
