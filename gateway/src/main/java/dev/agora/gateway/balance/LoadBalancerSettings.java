package dev.agora.gateway.balance;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests are shared among the clones of a service.
 *
 * @param choice what decides
 * @param connectTimeout how long a clone may take to accept a connection
 * @param decay how long a latency counts: after this time to a third
 * @param shortestEjection how long a clone is left alone the first time it fails
 * @param longestEjection up to which that doubles with each further time
 * @param lateAnswers how many requests in a row are answered too late until the clone
 * counts as failed
 * @param probeInterval how often each clone is asked how it is
 * @param probeTimeout how long it may take to say
 * @param resolveInterval how often the clones behind a name are looked up
 * @param retryShare how many retries a request pays for
 * @param retriesPerSecond how many are free besides
 * @param unusedPool after which the connections to an address are given up that nothing
 * was sent to
 */
@ConfigurationProperties("gateway.balance")
public record LoadBalancerSettings(@DefaultValue("load") Choice choice, @DefaultValue("1s") Duration connectTimeout,
		@DefaultValue("10s") Duration decay, @DefaultValue("1s") Duration shortestEjection,
		@DefaultValue("30s") Duration longestEjection, @DefaultValue("3") int lateAnswers,
		@DefaultValue("1s") Duration probeInterval, @DefaultValue("1s") Duration probeTimeout,
		@DefaultValue("5s") Duration resolveInterval, @DefaultValue("0.1") double retryShare,
		@DefaultValue("1") int retriesPerSecond, @DefaultValue("5m") Duration unusedPool) {

	/** What decides which clone gets a request. */
	public enum Choice {

		/** Of two random clones the one that has less to do and is quicker. */
		LOAD,

		/**
		 * One after the other, whatever they have to do. Here so that measurements can
		 * compare the two in one system; nothing else speaks for it.
		 */
		ROUND_ROBIN

	}

}
