package dev.agora.gateway.balance;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.agora.gateway.balance.Instance.State;
import dev.agora.gateway.balance.LoadBalancerSettings.Strategy;
import dev.agora.platform.lifecycle.Build;

/**
 * The instances of one service. Of two random instances the one with the lower cost is
 * chosen: its recent latency times the requests it would have in flight. That is nearly
 * as even as comparing all instances, and the gateways do not all choose the same
 * instance at once.
 *
 * @see PeakEwma
 * @see <a href="https://www.eecs.harvard.edu/~michaelm/postscripts/handbook2001.pdf">The
 * power of two random choices</a>
 */
public final class InstancePool {

	private static final State[] BEST_FIRST = State.values();

	private final String service;

	private final LoadBalancerSettings settings;

	private final LongSupplier nanos;

	private final IntUnaryOperator random;

	private final AtomicInteger nextTurn = new AtomicInteger();

	private volatile Instance[] all = {};

	InstancePool(String service, LoadBalancerSettings settings) {
		this(service, settings, System::nanoTime, (bound) -> ThreadLocalRandom.current().nextInt(bound));
	}

	InstancePool(String service, LoadBalancerSettings settings, LongSupplier nanos, IntUnaryOperator random) {
		this.service = service;
		this.settings = settings;
		this.nanos = nanos;
		this.random = random;
	}

	public String service() {
		return this.service;
	}

	public List<Instance> all() {
		return List.of(this.all);
	}

	/** Sets the addresses of the instances. Instances that stay keep their statistics. */
	public synchronized void update(Set<URI> addresses) {
		List<Instance> next = new ArrayList<>();
		Set<URI> added = new TreeSet<>(addresses);
		for (Instance instance : this.all) {
			if (added.remove(instance.address())) {
				next.add(instance);
			}
		}
		added.forEach((address) -> next.add(new Instance(address, this.settings, this.nanos)));
		this.all = next.toArray(new Instance[0]);
	}

	/**
	 * The builds of the instances that are not ejected; more than one means that the
	 * builds are mixed.
	 */
	public SortedSet<String> builds() {
		SortedSet<String> builds = new TreeSet<>();
		for (Instance instance : this.all) {
			Build build = instance.build();
			if (build != null && instance.state() != State.EJECTED) {
				builds.add(build.version());
			}
		}
		return builds;
	}

	/** Chooses an instance for a request; null if the service has none. */
	@Nullable Instance choose() {
		return choose(null, this::cheaper);
	}

	/**
	 * Chooses an instance for a stream, by the number of open streams: a stream is open
	 * for minutes, while its request takes a moment. Null if the service has none.
	 */
	@Nullable Instance chooseForStream() {
		return choose(null, InstancePool::withFewerStreams);
	}

	/**
	 * Chooses another instance for the retry of a request that this one failed. If all
	 * other instances are ejected, one of them is tried only after a refused connection,
	 * which took no time: it may be available again. After any other failure the attempt
	 * could take the rest of the time.
	 */
	@Nullable Instance chooseAlternative(Instance failed, Failure failure) {
		Instance other = choose(failed, this::cheaper);
		boolean tried = other != null && (other.state() != State.EJECTED || failure == Failure.CONNECT_FAILED);
		return tried ? other : null;
	}

	private @Nullable Instance choose(@Nullable Instance except, BinaryOperator<Instance> preference) {
		Instance[] all = this.all;
		if (all.length == 0) {
			return null;
		}
		if (this.settings.strategy() == Strategy.ROUND_ROBIN) {
			int start = Math.floorMod(this.nextTurn.getAndIncrement(), all.length);
			return chooseFrom(all, start, except, (first, next) -> first);
		}
		int start = this.random.applyAsInt(all.length);
		if (all.length > 1) {
			Instance one = all[start];
			Instance other = all[(start + 1 + this.random.applyAsInt(all.length - 1)) % all.length];
			if (isCandidate(one, State.HEALTHY, except) && isCandidate(other, State.HEALTHY, except)) {
				return preference.apply(one, other);
			}
		}
		return chooseFrom(all, start, except, preference);
	}

	/**
	 * Falls back to a draining instance if none is healthy, and to an ejected one if
	 * there is no other, since it may be available again.
	 */
	private @Nullable Instance chooseFrom(Instance[] all, int start, @Nullable Instance except,
			BinaryOperator<Instance> preference) {
		for (State worst : BEST_FIRST) {
			int one = next(all, start, worst, except);
			if (one >= 0) {
				return preference.apply(all[one], all[next(all, one + 1, worst, except)]);
			}
		}
		return null;
	}

	private static int next(Instance[] all, int start, State worst, @Nullable Instance except) {
		for (int i = 0; i < all.length; i++) {
			int at = (start + i) % all.length;
			if (isCandidate(all[at], worst, except)) {
				return at;
			}
		}
		return -1;
	}

	private static boolean isCandidate(Instance instance, State worst, @Nullable Instance except) {
		return instance != except && instance.state().compareTo(worst) <= 0;
	}

	/** Streams that are being opened are among the requests in flight. */
	private static Instance withFewerStreams(Instance one, Instance other) {
		return (one.streams() + one.inFlight() <= other.streams() + other.inFlight()) ? one : other;
	}

	/** While one of the latencies is unknown, only the requests in flight count. */
	private Instance cheaper(Instance one, Instance other) {
		long now = this.nanos.getAsLong();
		double ofOne = one.latency(now);
		double ofOther = other.latency(now);
		if (ofOne == 0 || ofOther == 0) {
			return (one.inFlight() <= other.inFlight()) ? one : other;
		}
		return (ofOne * (one.inFlight() + 1) <= ofOther * (other.inFlight() + 1)) ? one : other;
	}

}
