package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.agora.platform.kafka.KafkaSettings;

/**
 * The topic of jobs as a queue: a share group, whose members get one record at a time.
 */
final class JobQueue {

	private static final Logger log = LoggerFactory.getLogger(JobQueue.class);

	private static final String SHARE_VERSION = "share.version";

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final String topic;

	private final String group;

	private final KafkaSettings settings;

	/**
	 * Creates a queue.
	 * @param topic the topic, as in {@code product.jobs.v1}
	 */
	JobQueue(String topic, KafkaSettings settings) {
		this.topic = topic;
		this.group = topic.substring(0, topic.lastIndexOf('.'));
		this.settings = settings;
	}

	/**
	 * Prepares the share group.
	 * @param lock the time for which a record is given to one worker
	 * @throws UnsupportedVersionException if the brokers have no share groups
	 */
	void prepare(Duration lock) throws ExecutionException, InterruptedException {
		try (Admin admin = this.settings.createAdmin(TIMEOUT)) {
			requireShareGroups(admin);
			configure(admin, lock);
		}
	}

	/** Creates a consumer that has subscribed to the queue. */
	ShareConsumer<String, byte[]> createConsumer() {
		ShareConsumer<String, byte[]> consumer = new KafkaShareConsumer<>(
				this.settings.clientProperties(Map.of(ConsumerConfig.GROUP_ID_CONFIG, this.group,
						ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit",
						ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit",
						ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1,
						ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000)),
				new StringDeserializer(), new ByteArrayDeserializer());
		consumer.subscribe(List.of(this.topic));
		return consumer;
	}

	private static void requireShareGroups(Admin admin) throws ExecutionException, InterruptedException {
		@Nullable FinalizedVersionRange share = admin.describeFeatures()
			.featureMetadata()
			.get()
			.finalizedFeatures()
			.get(SHARE_VERSION);
		if (share == null || share.maxVersionLevel() < 1) {
			throw new UnsupportedVersionException("The brokers have no share groups (" + SHARE_VERSION + " is "
					+ ((share != null) ? share.maxVersionLevel() : "unknown") + ").");
		}
	}

	/**
	 * Lets the group begin at the first record, so that no job is missed. If the Kafka
	 * user may not do so, the sweep publishes the missed jobs again.
	 */
	private void configure(Admin admin, Duration lock) throws InterruptedException {
		Collection<AlterConfigOp> changes = Stream
			.of(new ConfigEntry("share.auto.offset.reset", "earliest"),
					new ConfigEntry("share.record.lock.duration.ms", String.valueOf(lock.toMillis())))
			.map((entry) -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
			.toList();
		try {
			admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, this.group), changes))
				.all()
				.get();
		}
		catch (ExecutionException ex) {
			log.warn("The share group {} could not be configured, so jobs may start a minute late: {}", this.group,
					String.valueOf(ex.getCause()));
		}
	}

}
