package dev.agora.measure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The capacity of unequal instances, all of which are busy.
 *
 * @param perSecond the requests a second of all
 * @param shareOfLast the part of it that the last instance serves
 */
record UnequalCapacity(double perSecond, double shareOfLast) {

	private static final int CONNECTIONS_PER_INSTANCE = 8;

	/**
	 * Loads all instances at the same time, over connections of its own each.
	 * @param addresses what is read from each instance
	 * @param headers the headers of each request
	 * @param seconds the duration
	 */
	static UnequalCapacity measure(List<String> addresses, Map<String, String> headers, int seconds)
			throws InterruptedException {
		ApiRequests requests = new ApiRequests();
		int instances = addresses.size();
		AtomicLongArray served = new AtomicLongArray(instances);
		try (ClosedLoop loop = new ClosedLoop(
				(connection) -> requests.get(addresses.get(connection % instances), headers)
					.doOnNext((failure) -> served.addAndGet(connection % instances, failure.isEmpty() ? 1 : 0)),
				CONNECTIONS_PER_INSTANCE * instances)) {
			double perSecond = loop.perSecond(seconds);
			if (loop.failed() > 0) {
				throw new Problem("Requests failed while the capacity was measured: " + loop.failures());
			}
			return new UnequalCapacity(perSecond, (double) served.get(instances - 1) / loop.successes());
		}
	}

}
