package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HeldRecordTests {

	private final CompletableFuture<Boolean> work = new CompletableFuture<>();

	@Test
	void awaitsTheEndOfTheWorkWhenTheConsumerFails() {
		HeldRecord held = new HeldRecord(new FailingConsumer(), new ConsumerRecord<>("jobs", 0, 0, "key", new byte[0]),
				Duration.ofMillis(10));
		assertThatExceptionOfType(AuthorizationException.class).isThrownBy(() -> held.await(this.work));
		assertThat(this.work).isCompletedWithValue(true);
	}

	/** Fails while the work is in progress, which ends a little later. */
	private final class FailingConsumer extends MockShareConsumer<String, byte[]> {

		@Override
		public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
			CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
				.execute(() -> HeldRecordTests.this.work.complete(true));
			throw new AuthorizationException("planted");
		}

	}

}
