package dev.agora.gateway.balance;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Load balancing among the instances of a service.
 *
 * @param strategy how an instance is chosen: {@code load}, or {@code round-robin} for
 * comparison
 * @param connectTimeout how long an instance may take to accept a connection
 * @param decay the time after which the weight of a latency has fallen to a third
 * @param minEjection how long an instance is ejected at its first failure
 * @param maxEjection the maximum time of an ejection, which doubles with each further one
 * @param consecutiveTimeouts how many time-outs in a row eject an instance
 * @param probeInterval the interval between the probes of an instance
 * @param probeTimeout how long an instance may take to answer a probe
 * @param resolveInterval the interval between look-ups of a DNS name that was found
 * @param firstLookupTimeout how long a gateway that starts waits for an instance of each
 * service before one of any service makes it ready
 * @param retryShare the part of a retry that each request deposits
 * @param retriesPerSecond how many retries a second need no deposit
 * @param unusedPool the time after which the connection pool of an unused address is
 * disposed of
 */
@ConfigurationProperties("gateway.balance")
public record LoadBalancerSettings(@DefaultValue("load") Strategy strategy, @DefaultValue("1s") Duration connectTimeout,
		@DefaultValue("10s") Duration decay, @DefaultValue("1s") Duration minEjection,
		@DefaultValue("30s") Duration maxEjection, @DefaultValue("3") int consecutiveTimeouts,
		@DefaultValue("1s") Duration probeInterval, @DefaultValue("1s") Duration probeTimeout,
		@DefaultValue("5s") Duration resolveInterval, @DefaultValue("2m") Duration firstLookupTimeout,
		@DefaultValue("0.1") double retryShare, @DefaultValue("1") int retriesPerSecond,
		@DefaultValue("5m") Duration unusedPool) {

	/** How an instance is chosen for a request. */
	public enum Strategy {

		/** Of two random instances, the one with the lower load and latency. */
		LOAD,

		/**
		 * One after the other, regardless of load. It exists so that measurements can
		 * compare the two in one system.
		 */
		ROUND_ROBIN

	}

}
