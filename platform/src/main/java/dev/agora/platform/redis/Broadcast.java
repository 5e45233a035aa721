package dev.agora.platform.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.redisson.api.RScript.Mode;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RTopic;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;

/**
 * Tells something to every process that listens, through a channel of Redis. Such a
 * channel loses what it cannot deliver at once, so each message bears a number: whoever
 * misses one notices. {@link Subscription} is the other end.
 */
public final class Broadcast {

	/** Between number and text: a message that counts, or a sign of life. */
	static final String TOLD = " ! ";

	static final String ALIVE = " = ";

	private static final Duration COUNT_LIFE = Duration.ofDays(1);

	/**
	 * Where the count is lost, or is no number, it goes on at the time, far above where
	 * it was: to those who listen that looks like many missed messages, and must. The
	 * number is read back as text, since Lua would round it.
	 * <p>
	 * Keys: the count. Arguments: the channel, a number to begin with, life of the count
	 * in ms, the text, 1 to count or 0.
	 */
	private static final String SEND = """
			local count = redis.call('GET', KEYS[1])
			if not count or #count > 18 or not string.match(count, '^%d+$') then
				redis.call('SET', KEYS[1], ARGV[2])
			end
			if ARGV[5] == '1' then
				redis.call('INCR', KEYS[1])
			end
			redis.call('PEXPIRE', KEYS[1], ARGV[3])
			return redis.call('PUBLISH', ARGV[1], redis.call('GET', KEYS[1]) .. ARGV[4])
			""";

	private final RedisGuard redis;

	private final String channel;

	private final Clock clock;

	/**
	 * Makes a way to a channel.
	 * @param channel {@code <service>:<what is told>:v<form>}
	 */
	public Broadcast(RedisGuard redis, String channel, Clock clock) {
		this.redis = redis;
		this.channel = channel;
		this.clock = clock;
	}

	/**
	 * Tells a text to all who listen.
	 * @return fails with {@link RedisFailure} alone; then nobody may have heard
	 */
	public Mono<Void> tell(String text) {
		return send(TOLD + text, "1");
	}

	/** Says that the sender is there, and how much has been told so far. */
	Mono<Void> beat(String text) {
		return send(ALIVE + text, "0");
	}

	/** Redisson subscribes again by itself when its connection was lost. */
	CompletionStage<Integer> listen(Consumer<String> ear) {
		return topic().addListenerAsync(String.class, (name, message) -> ear.accept(message));
	}

	CompletionStage<Void> leave(int listener) {
		return topic().removeListenerAsync(listener);
	}

	private Mono<Void> send(String message, String step) {
		RedisKeys keys = RedisKeys.strings(List.of(this.channel + ":{count}"));
		return this.redis.call(keys, () -> Mono.fromCompletionStage(this.redis.client()
			.getScript(StringCodec.INSTANCE)
			.<Long>evalAsync(Mode.READ_WRITE, SEND, ReturnType.LONG, List.copyOf(keys.names()), this.channel,
					String.valueOf(this.clock.millis() * 1000), String.valueOf(COUNT_LIFE.toMillis()), message, step)))
			.then();
	}

	private RTopic topic() {
		return this.redis.client().getTopic(this.channel, StringCodec.INSTANCE);
	}

}
