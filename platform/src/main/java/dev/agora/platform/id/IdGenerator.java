package dev.agora.platform.id;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;

import com.github.f4b6a3.tsid.Tsid;
import com.github.f4b6a3.tsid.TsidFactory;

/**
 * Makes ids of 13 characters (Crockford base 32) that sort by the millisecond of their
 * making; each process draws its node number by chance, so clones need no coordination.
 */
public final class IdGenerator {

	private final TsidFactory factory;

	public IdGenerator(Clock clock) {
		// Ids are no secrets; a secure generator may block an event loop.
		Random random = new Random();
		this.factory = TsidFactory.builder().withClock(clock).withNode(random.nextInt(1024)).withRandom(random).build();
	}

	public String next() {
		return this.factory.create().toString();
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
