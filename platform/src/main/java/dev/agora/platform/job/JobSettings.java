package dev.agora.platform.job;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * The settings of jobs.
 *
 * @param path the first part of the paths of the service's API, as in "products"
 * @param retention the time for which an ended job, its result and its error can be read
 * @param maxOpen the maximum number of jobs of one owner that wait or run; further ones
 * are refused
 * @param maxRunning the number of jobs of one owner that run at the same time, in all
 * instances together
 * @param streams the bounds of the streams of jobs
 * @param worker the settings of the instances that run jobs
 */
@ConfigurationProperties("agora.jobs")
public record JobSettings(@DefaultValue("") String path, @DefaultValue("7d") Duration retention,
		@DefaultValue("200") int maxOpen, @DefaultValue("2") int maxRunning, @DefaultValue Streams streams,
		@DefaultValue Worker worker) {

	public JobSettings {
		SettingBounds.requirePositive("agora.jobs.retention", retention);
		SettingBounds.requireAtLeast("agora.jobs.max-open", 1, maxOpen);
		SettingBounds.requireAtLeast("agora.jobs.max-running", 1, maxRunning);
	}

	/**
	 * The bounds of the streams of jobs.
	 *
	 * @param perMember the maximum number of a member's streams at one instance
	 * @param perInstance the maximum number of streams at one instance
	 * @param duration the time after which a stream ends; its client then reconnects,
	 * which checks its session again
	 */
	public record Streams(@DefaultValue("5") int perMember, @DefaultValue("200") int perInstance,
			@DefaultValue("5m") Duration duration) {

		public Streams {
			SettingBounds.requirePositive("agora.jobs.streams.duration", duration);
		}

	}

	/**
	 * The settings of the instances that run jobs.
	 *
	 * @param enabled whether this instance runs jobs
	 * @param slots the number of jobs that this instance runs at the same time; more than
	 * one owner may run, so that one owner's jobs do not delay those of others
	 * @param lease the time after which another instance takes over the job of a worker
	 * that shows no sign of life; at least three times report-interval
	 * @param reportInterval the interval at which progress is stored and a cancellation
	 * is noticed
	 * @param maxAttempts the number of runs that may fail without a new checkpoint before
	 * the job fails, 1 to 10; a run that finds a store or service unavailable does not
	 * count
	 * @param retryDelay the delay after the first of these runs; each further one is four
	 * times as long
	 * @param giveUpAfter the time after which a job fails that finds a store or service
	 * unavailable in each of its runs
	 * @param slice the time after which a run lets a waiting job of an owner with fewer
	 * running jobs go first, as soon as it has reached its next checkpoint
	 * @param lock the time for which the broker gives a record to one worker; the broker
	 * allows 15 to 60 seconds
	 */
	public record Worker(@DefaultValue("false") boolean enabled, @DefaultValue("4") int slots,
			@DefaultValue("10s") Duration lease, @DefaultValue("500ms") Duration reportInterval,
			@DefaultValue("5") int maxAttempts, @DefaultValue("1s") Duration retryDelay,
			@DefaultValue("24h") Duration giveUpAfter, @DefaultValue("60s") Duration slice,
			@DefaultValue("15s") Duration lock) {

		private static final int MAX_ATTEMPTS = 10;

		private static final int REPORTS_PER_LEASE = 3;

		public Worker {
			SettingBounds.requireAtLeast("agora.jobs.worker.slots", 1, slots);
			SettingBounds.requireBetween("agora.jobs.worker.max-attempts", 1, MAX_ATTEMPTS, maxAttempts);
			SettingBounds.requirePositive("agora.jobs.worker.report-interval", reportInterval);
			SettingBounds.requirePositive("agora.jobs.worker.retry-delay", retryDelay);
			SettingBounds.requirePositive("agora.jobs.worker.slice", slice);
			SettingBounds.requirePositive("agora.jobs.worker.lock", lock);
			if (lease.compareTo(reportInterval.multipliedBy(REPORTS_PER_LEASE)) < 0) {
				throw new IllegalArgumentException("agora.jobs.worker.lease must be at least " + REPORTS_PER_LEASE
						+ " times as long as report-interval.");
			}
		}

	}

}
