package dev.agora.platform.redis;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class StreamReaderFaultsStoreTests extends StreamReaderFixture {

	@Test
	void keepsItsConnectionWhileNothingIsAppended() {
		awaitGapless();
		await("one blocked client").until(() -> this.redis.ask("INFO clients").contains("blocked_clients:1"));
		Set<String> connections = connections();
		long reads = reads();
		await("twenty reads").until(() -> reads() - reads >= 20);
		assertThat(connections()).isEqualTo(connections);
	}

	@Test
	void continuesOnANewConnectionAfterAllWereClosed() {
		awaitGapless();
		this.redis.ask("CLIENT KILL TYPE normal SKIPME yes");
		awaitGapless();
		append("later");
		await("the text is received").until(() -> this.received.contains("later"));
		await("one blocked client").until(() -> this.redis.ask("INFO clients").contains("blocked_clients:1"));
	}

	@Test
	void isNotConfirmedWhileRedisIsUnavailable() {
		long start = awaitGapless();
		this.redis.stop();
		await("no confirmation").until(() -> !this.reader.isConfirmed());
		this.redis.start();
		long later = awaitGapless();
		assertThat(this.reader.isGaplessSince(start)).isFalse();
		append("later");
		await("the text is received").until(() -> this.received.contains("later"));
		await("a confirmation").until(() -> this.reader.isGaplessSince(later));
	}

	/** Otherwise readers would stay confirmed while no revocation can be appended. */
	@ParameterizedTest
	@ValueSource(strings = { "maxmemory 1", "min-replicas-to-write 1" })
	void isNotConfirmedWhileRedisRefusesWrites(String setting) {
		long start = awaitGapless();
		this.redis.ask("CONFIG SET " + setting);
		assertThatException().isThrownBy(() -> append("text"));
		await("no confirmation").until(() -> !this.reader.isConfirmed());
		this.redis.ask("CONFIG SET " + setting.replace(" 1", " 0"));
		long later = awaitGapless();
		assertThat(this.reader.isGaplessSince(start)).isFalse();
		append("later");
		await("the text is received").until(() -> this.received.contains("later"));
		await("a confirmation").until(() -> this.reader.isGaplessSince(later));
	}

	/**
	 * A replica that took over meanwhile could lack entries that no reader has received.
	 */
	@Test
	void countsWhatWasAppendedDuringALongSilenceAsMissed() {
		append("text");
		long start = awaitGapless();
		this.redis.freeze();
		await("no confirmation").until(() -> !this.reader.isConfirmed());
		this.redis.thaw();
		awaitGapless();
		assertThat(this.reader.isGaplessSince(start)).isFalse();
	}

	@Test
	void waitsInOneConnectionOnceRedisIsBack() {
		for (int time = 0; time < 3; time++) {
			awaitGapless();
			this.redis.freeze();
			await("no confirmation").until(() -> !this.reader.isConfirmed());
			this.redis.thaw();
		}
		awaitGapless();
		await("one blocked client").until(() -> this.redis.ask("INFO clients").contains("blocked_clients:1"));
	}

	@Test
	void replacesAForeignKey() {
		this.client.getBucket(KEY).set("junk");
		awaitGapless();
		append("text");
		await("the text is received").until(() -> this.received.contains("text"));
		assertThat(this.client.getBucket(KEY).remainTimeToLive()).isPositive();
	}

}
