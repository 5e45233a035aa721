package dev.agora.gateway.balance;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.agora.gateway.balance.Instance.State;
import dev.agora.gateway.balance.LoadBalancerSettings.Choice;
import dev.agora.platform.lifecycle.Build;

/**
 * The clones of one service. Of two random ones that is chosen which costs less: its
 * recent latency times the requests it would have in flight. That is nearly as even as
 * asking all, and no clone draws all gateways at once.
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

	private final AtomicInteger turn = new AtomicInteger();

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

	/**
	 * The clones are at these addresses from now on. Those that stay keep what is known
	 * about them.
	 */
	public synchronized void moveTo(Set<URI> addresses) {
		List<Instance> next = new ArrayList<>();
		Set<URI> added = new TreeSet<>(addresses);
		for (Instance clone : this.all) {
			if (added.remove(clone.address())) {
				next.add(clone);
			}
		}
		added.forEach((address) -> next.add(new Instance(address, this.settings, this.nanos)));
		this.all = next.toArray(new Instance[0]);
	}

	/** The builds of those that are not ejected; more than one is a mix. */
	public SortedSet<String> builds() {
		SortedSet<String> builds = new TreeSet<>();
		for (Instance clone : this.all) {
			Build build = clone.build();
			if (build != null && clone.state() != State.EJECTED) {
				builds.add(build.version());
			}
		}
		return builds;
	}

	/** A clone for a request, unless there is none. */
	@Nullable Instance choose() {
		return choose(null);
	}

	/**
	 * A clone for another attempt of a request that this one failed. Where all are
	 * ejected one is tried after a refused connection, which took no time: it may be back
	 * while the failed one has just gone. After anything else it could take the rest of
	 * the time.
	 */
	@Nullable Instance chooseOther(Instance failed, Failure failure) {
		Instance other = choose(failed);
		boolean tried = other != null && (other.state() != State.EJECTED || failure == Failure.NOT_CONNECTED);
		return tried ? other : null;
	}

	private @Nullable Instance choose(@Nullable Instance except) {
		Instance[] all = this.all;
		if (all.length == 0) {
			return null;
		}
		if (this.settings.choice() == Choice.ROUND_ROBIN) {
			int start = Math.floorMod(this.turn.getAndIncrement(), all.length);
			return chooseFrom(all, start, except, false);
		}
		int start = this.random.applyAsInt(all.length);
		if (all.length > 1) {
			Instance one = all[start];
			Instance other = all[(start + 1 + this.random.applyAsInt(all.length - 1)) % all.length];
			if (isCandidate(one, State.HEALTHY, except) && isCandidate(other, State.HEALTHY, except)) {
				return cheaper(one, other);
			}
		}
		return chooseFrom(all, start, except, true);
	}

	/**
	 * Where none is healthy a draining one is better than none, and where all are ejected
	 * one of them is tried all the same: it may be back.
	 */
	private @Nullable Instance chooseFrom(Instance[] all, int start, @Nullable Instance except, boolean byLoad) {
		for (State worst : BEST_FIRST) {
			int one = next(all, start, worst, except);
			if (one >= 0) {
				return byLoad ? cheaper(all[one], all[next(all, one + 1, worst, except)]) : all[one];
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

	private static boolean isCandidate(Instance clone, State worst, @Nullable Instance except) {
		return clone != except && clone.state().compareTo(worst) <= 0;
	}

	/** As long as one of them is unknown, only what is in flight counts. */
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
