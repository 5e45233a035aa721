package dev.agora.console.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;

/**
 * A light load: posts and reads by a few members of its own, at a chosen rate. It ends on
 * its own, and sends no more than it gets answers for.
 */
public final class LightLoad implements DisposableBean {

	/** The highest number of requests per second. */
	public static final int MAX_RATE = 100;

	private static final Duration MAX_DURATION = Duration.ofMinutes(30);

	private static final int MAX_IN_FLIGHT = 32;

	private static final int POSTS_PERCENT = 10;

	private final LoadClient client;

	private final AtomicLong failures = new AtomicLong();

	private final AtomicLong sent = new AtomicLong();

	private List<LoadMember> members = List.of();

	private @Nullable Disposable running;

	private volatile int rate;

	public LightLoad(LoadClient client) {
		this.client = client;
	}

	/**
	 * Starts the load, or changes its rate.
	 * @param wanted the number of requests per second
	 * @return a sentence, once the members exist
	 */
	public Mono<String> start(int wanted) {
		return members().map((found) -> {
			begin(found, wanted);
			return found.size() + " members send " + wanted + " requests per second, for at most "
					+ MAX_DURATION.toMinutes() + " minutes.";
		});
	}

	private synchronized Mono<List<LoadMember>> members() {
		return this.members.isEmpty() ? this.client.createMembers() : Mono.just(this.members);
	}

	private synchronized void begin(List<LoadMember> found, int wanted) {
		end();
		this.members = found;
		this.rate = wanted;
		this.sent.set(0);
		this.failures.set(0);
		this.running = Flux.interval(Duration.ofNanos(1_000_000_000L / wanted))
			.take(MAX_DURATION)
			.onBackpressureDrop()
			.flatMap((tick) -> step(found), MAX_IN_FLIGHT, 1)
			.doFinally((signal) -> this.rate = 0)
			.subscribe();
	}

	private Mono<Void> step(List<LoadMember> found) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		LoadMember member = found.get(random.nextInt(found.size()));
		this.sent.incrementAndGet();
		Mono<Void> call = (random.nextInt(100) < POSTS_PERCENT) ? this.client.post(member) : this.client.read(member);
		return call.onErrorResume((failure) -> Mono.fromRunnable(this.failures::incrementAndGet));
	}

	/**
	 * Ends the load.
	 * @return a sentence
	 */
	public Mono<String> stop() {
		return Mono.fromSupplier(() -> {
			end();
			return this.sent.get() + " requests were sent, " + this.failures.get() + " of them failed.";
		});
	}

	private synchronized void end() {
		Disposable current = this.running;
		if (current != null) {
			current.dispose();
		}
		this.running = null;
		this.rate = 0;
	}

	/**
	 * Describes the load.
	 * @return the rate, and the requests since its start
	 */
	public LoadView view() {
		return new LoadView(this.rate, this.sent.get(), this.failures.get());
	}

	@Override
	public void destroy() {
		end();
	}

	/**
	 * The state of the load.
	 *
	 * @param rate the requests per second, 0 if there is no load
	 * @param sent the requests since the start
	 * @param failures the requests that have failed
	 */
	public record LoadView(int rate, long sent, long failures) {
	}

}
