package dev.agora.platform.redis;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Listens to a {@link Broadcast} and knows how far it has heard everything. It sends
 * signs of life through the channel itself: when its own comes back, all that was told
 * before has come too, and the number in it says whether anything was missed. A silence
 * ends what is known: Redis may have lost texts together with their numbers meanwhile.
 */
public final class Subscription implements AutoCloseable {

	/** Who does not hear so many of his own signs, all of which Redis took, is deaf. */
	private static final int DEAF = 40;

	private static final long NEVER = TimeUnit.DAYS.toNanos(10_000);

	private final String name = UUID.randomUUID().toString();

	private final Broadcast broadcast;

	private final Consumer<String> told;

	private final Ticker ticker;

	private final Duration silence;

	private final Disposable beating;

	private @Nullable Integer listener;

	/** Which subscription is heard: a late one that was given up must not be. */
	private int subscription;

	private int unheard = DEAF;

	private long count = -1;

	/** All that was told before this moment has been heard, or is known to be missed. */
	private volatile long provenAt;

	/** Since when nothing was missed. */
	private volatile long completeSince;

	/**
	 * Listens from now on, as soon as Redis is there and again whenever it comes back.
	 * @param interval between two signs of life
	 * @param silence how long nothing may be proven without anything being missed
	 * @param told is given each text that was told
	 */
	public Subscription(Broadcast broadcast, Duration interval, Duration silence, Consumer<String> told,
			Ticker ticker) {
		this.broadcast = broadcast;
		this.silence = silence;
		this.told = told;
		this.ticker = ticker;
		this.completeSince = ticker.read();
		this.provenAt = this.completeSince - NEVER;
		this.beating = Flux.interval(interval).onBackpressureDrop().concatMap((tick) -> beat(), 1).subscribe();
	}

	/**
	 * Whether everything told since a moment has been heard, but for what was told within
	 * the last silence.
	 * @param moment as the ticker shows it
	 * @param silence how long ago the last proof may be
	 */
	public boolean covers(long moment, Duration silence) {
		// In this order: a proof is set after what it proves.
		return isProven(silence) && moment - this.completeSince > 0;
	}

	/** Whether the channel was seen to work within the last silence. */
	public boolean isProven(Duration silence) {
		return this.ticker.read() - this.provenAt <= silence.toNanos();
	}

	@Override
	public void close() {
		this.beating.dispose();
	}

	private Mono<Void> beat() {
		return this.broadcast.beat(this.name + " " + this.ticker.read())
			.doOnSuccess((sent) -> listen())
			.onErrorComplete(RedisFailure.class);
	}

	/**
	 * Redisson renews a lost connection by itself; where that fails, or was lost itself,
	 * this begins anew.
	 */
	private synchronized void listen() {
		if (this.unheard++ < DEAF) {
			return;
		}
		this.unheard = 0;
		int mine = ++this.subscription;
		leave().thenCompose((left) -> this.broadcast.listen((message) -> heard(mine, message)))
			.whenComplete((made, failure) -> listening(mine, made));
	}

	private CompletionStage<@Nullable Void> leave() {
		CompletionStage<@Nullable Void> left = CompletableFuture.completedFuture(null);
		return (this.listener != null) ? this.broadcast.leave(this.listener).handle((done, failure) -> null) : left;
	}

	private synchronized void listening(int mine, @Nullable Integer made) {
		if (mine == this.subscription) {
			this.listener = made;
			this.unheard = (made != null) ? 0 : DEAF;
		}
		else if (made != null) {
			this.broadcast.leave(made);
		}
	}

	private synchronized void heard(int through, String message) {
		if (through != this.subscription) {
			return;
		}
		int end = message.indexOf(' ');
		try {
			long number = Long.parseLong(message, 0, end, 10);
			if (message.startsWith(Broadcast.TOLD, end)) {
				count(number, this.count + 1);
				this.told.accept(message.substring(end + Broadcast.TOLD.length()));
			}
			else {
				count(number, this.count);
				prove(message.substring(end + Broadcast.ALIVE.length()));
			}
		}
		catch (NumberFormatException | IndexOutOfBoundsException ex) {
			// Not in our form, so it may have told anything.
			this.completeSince = this.ticker.read();
		}
	}

	private void count(long number, long expected) {
		if (number != expected) {
			this.completeSince = this.ticker.read();
		}
		this.count = number;
	}

	private void prove(String sign) {
		if (sign.startsWith(this.name)) {
			this.unheard = 0;
			if (!isProven(this.silence)) {
				this.completeSince = this.ticker.read();
			}
			this.provenAt = Long.parseLong(sign, this.name.length() + 1, sign.length(), 10);
		}
	}

}
