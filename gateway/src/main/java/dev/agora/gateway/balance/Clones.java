package dev.agora.gateway.balance;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * The clones of one service. Of two random ones that is chosen which has fewer requests
 * in flight: nearly as even as asking all, and no clone draws all gateways at once.
 */
final class Clones {

	private final List<Clone> all;

	Clones(List<Clone> all) {
		this.all = List.copyOf(all);
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	/** A clone for a request, of a service that has any. */
	Clone choose() {
		return choose((clone) -> true).orElseThrow();
	}

	/** A clone for another attempt of a request that the first one failed. */
	Optional<Clone> chooseOther(Clone first) {
		return choose((clone) -> clone != first);
	}

	/** Where all are ejected one of them is tried all the same: it may be back. */
	private Optional<Clone> choose(Predicate<Clone> eligible) {
		List<Clone> candidates = this.all.stream().filter(eligible).toList();
		List<Clone> healthy = candidates.stream().filter((clone) -> !clone.isEjected()).toList();
		return lessBusy(healthy.isEmpty() ? candidates : healthy);
	}

	private static Optional<Clone> lessBusy(List<Clone> clones) {
		if (clones.size() < 2) {
			return clones.stream().findFirst();
		}
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int first = random.nextInt(clones.size());
		int second = (first + 1 + random.nextInt(clones.size() - 1)) % clones.size();
		Clone one = clones.get(first);
		Clone other = clones.get(second);
		return Optional.of((one.inFlight() <= other.inFlight()) ? one : other);
	}

}
