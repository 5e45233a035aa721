package dev.agora.product.page.trend;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the interest in products is weighed.
 *
 * @param halfLife the time after which a signal of interest counts half
 * @param retention the time after which a signal is deleted; several half-lives
 */
@ConfigurationProperties("agora.pages.trend")
public record TrendSettings(@DefaultValue("6h") Duration halfLife, @DefaultValue("2d") Duration retention) {

	public TrendSettings {
		if (halfLife.isNegative() || halfLife.isZero() || retention.compareTo(halfLife) < 0) {
			throw new IllegalArgumentException(
					"agora.pages.trend.half-life must be positive and not longer than retention.");
		}
	}

	/** Returns the share of its weight that a signal of this age has. */
	double decay(Duration age) {
		return Math.pow(2, -Math.max(0, age.toMillis()) / (double) this.halfLife.toMillis());
	}

}
