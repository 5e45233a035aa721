package dev.agora.product.page.trend;

import java.time.Instant;
import java.util.Locale;

/**
 * A sign of interest in a product.
 *
 * @param kind what happened
 * @param product the id of the product
 * @param source whose signals count once: a member, or an hour for views
 * @param at when it happened last
 */
record TrendSignal(Kind kind, String product, String source, Instant at) {

	/** The id of the signal, which is the same for a repeated event. */
	String id() {
		return this.kind.name().toLowerCase(Locale.ROOT) + "/" + this.product + "/" + this.source;
	}

	/** The activities of members, with the weight of one signal. */
	enum Kind {

		/** Members view a product; the weight is that of the first view of an hour. */
		VIEW(1),
		/** A member reviews a product. */
		REVIEW(8),
		/** A member posts about a product. */
		POST(5);

		private final double weight;

		Kind(double weight) {
			this.weight = weight;
		}

		/**
		 * Each doubling of the number of views adds one weight, so that no robot decides.
		 */
		double weightOf(long amount) {
			return this.weight * (1 + Math.log((double) Math.max(1, amount)) / Math.log(2));
		}

	}

}
