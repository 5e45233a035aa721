package dev.agora.platform.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RStream;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadArgs;
import org.redisson.client.codec.StringCodec;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import dev.agora.platform.redis.RedisScripts.Call;
import dev.agora.platform.redis.RedisScripts.Script;

/**
 * Receives all texts that a {@link StreamWriter} appends to a Redis Stream from now on,
 * and confirms up to which moment it has received every one. Several times a second it
 * compares the stream's last entry with the last one that it has received, then waits for
 * the next in a blocking read.
 */
public final class StreamReader implements AutoCloseable {

	/** The longest that a read waits in Redis, which adds up to 100 ms. */
	private static final Duration BLOCK = Duration.ofMillis(200);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

	private static final long NEVER = TimeUnit.DAYS.toNanos(10_000);

	/**
	 * Returns the id of the last entry. An empty SETRANGE changes nothing, but fails when
	 * Redis refuses writes: a stream without new entries confirms nothing then. Keys: the
	 * stream, a key of the same slot that does not exist.
	 */
	private static final Script<String> LAST = Script.ofText("""
			redis.call('SETRANGE', KEYS[2], 0, '')
			local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
			return last and last[1] or '0-0'
			""");

	private final RedisGuard redis;

	private final RedisScripts scripts;

	private final String key;

	private final Duration maxAge;

	private final Consumer<String> listener;

	private final Ticker ticker;

	private final Disposable reading;

	/** The last entry received, or the last one appended before the first read. */
	private @Nullable StreamMessageId position;

	/** Everything appended before this moment was received or is known to be missed. */
	private volatile long confirmedAt;

	/** Nothing appended after this moment was missed. */
	private volatile long gaplessSince;

	/**
	 * Reads from now on, and continues whenever Redis is available again.
	 * @param maxAge the age of the last confirmation at which entries count as missed: a
	 * replica that became the master meanwhile may lack them
	 * @param listener receives each text
	 */
	public StreamReader(RedisGuard redis, String key, Duration maxAge, Consumer<String> listener, Ticker ticker) {
		this.redis = redis;
		this.scripts = new RedisScripts(redis.client());
		this.key = key;
		this.maxAge = maxAge;
		this.listener = listener;
		this.ticker = ticker;
		this.gaplessSince = ticker.read();
		this.confirmedAt = this.gaplessSince - NEVER;
		this.reading = Mono.defer(this::readNext)
			.onErrorResume((failure) -> Mono.delay(BLOCK).then())
			.repeat()
			.subscribe();
	}

	/**
	 * Whether every text that was appended between a moment and the last confirmation was
	 * received, and the confirmation is not too old.
	 * @param moment as the ticker shows it
	 */
	public boolean isGaplessSince(long moment) {
		return moment - gaplessSince() > 0;
	}

	/**
	 * Returns the moment since which every text was received, as the ticker shows it:
	 * now, if the last confirmation is too old.
	 */
	public long gaplessSince() {
		// The order of the two reads matters: a confirmation that reveals a gap is
		// written after the gap.
		return isConfirmed() ? this.gaplessSince : this.ticker.read();
	}

	/** Whether the last confirmation is recent. */
	public boolean isConfirmed() {
		return this.ticker.read() - this.confirmedAt <= this.maxAge.toNanos();
	}

	@Override
	public void close() {
		this.reading.dispose();
	}

	private Mono<Void> readNext() {
		long askedAt = this.ticker.read();
		return last().flatMap((last) -> read(position(last, askedAt)));
	}

	private Mono<StreamMessageId> last() {
		Call call = Call.of(List.of(this.key, this.key + ":probe"));
		return this.redis.call(RedisKeys.streams(List.of(this.key)), () -> this.scripts.run(LAST, call))
			.map(StreamReader::toId);
	}

	/**
	 * Compares the position with the last entry of the stream, and returns the position
	 * to read from. If the stream was lost, it reads from the last entry.
	 */
	private StreamMessageId position(StreamMessageId last, long askedAt) {
		if (this.position == null || isBefore(last, this.position)) {
			this.gaplessSince = this.ticker.read();
			this.position = last;
		}
		if (last.equals(this.position)) {
			confirm(askedAt);
		}
		return this.position;
	}

	private Mono<Void> read(StreamMessageId position) {
		long askedAt = this.ticker.read();
		StreamReadArgs next = StreamReadArgs.greaterThan(position).timeout(BLOCK);
		return Mono.fromFuture(() -> stream().readAsync(next).toCompletableFuture())
			.timeout(READ_TIMEOUT)
			.filter((entries) -> !entries.isEmpty())
			.doOnNext((entries) -> {
				entries.forEach(this::receive);
				confirm(askedAt);
			})
			.then();
	}

	private void receive(StreamMessageId id, Map<String, String> entry) {
		if (this.position == null || !this.position.toString().equals(entry.get(StreamWriter.PREVIOUS))) {
			this.gaplessSince = this.ticker.read();
		}
		this.position = id;
		try {
			this.listener.accept(entry.getOrDefault(StreamWriter.TEXT, ""));
		}
		catch (RuntimeException ex) {
			// An entry that the listener failed on counts as missed.
			this.gaplessSince = this.ticker.read();
			throw ex;
		}
	}

	private void confirm(long moment) {
		if (!isConfirmed()) {
			this.gaplessSince = this.ticker.read();
		}
		this.confirmedAt = moment;
	}

	private RStream<String, String> stream() {
		return this.redis.client().getStream(this.key, StringCodec.INSTANCE);
	}

	private static StreamMessageId toId(String text) {
		String[] parts = text.split("-", -1);
		return new StreamMessageId(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
	}

	private static boolean isBefore(StreamMessageId one, StreamMessageId other) {
		return one.getId0() < other.getId0() || (one.getId0() == other.getId0() && one.getId1() < other.getId1());
	}

}
