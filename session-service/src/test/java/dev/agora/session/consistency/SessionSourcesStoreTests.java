package dev.agora.session.consistency;

import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.watermark.Watermark;
import dev.agora.platform.watermark.Watermarks;
import dev.agora.session.member.Members;

import static org.assertj.core.api.Assertions.assertThat;

class SessionSourcesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void theStoreHasItsOwnWritesAtOnceAndCopiesFollow() {
		Watermarks watermarks = new Watermarks(mongo.database("progress"));
		SourceProgress members = SessionSources.memberProgress(watermarks);
		assertThat(members.isReadBy("/members/me")).isTrue();
		assertThat(members.isReadBy("/sessions")).isFalse();
		assertThat(members.isReadBy("/members/jobs/a")).isFalse();
		assertThat(members.isInStore(Map.of("a", 7L)).block()).isTrue();
		assertThat(members.copiesUntil().block()).isZero();
		watermarks.advance("session.members", List.of(new Watermark(Members.TOPIC, 0, 1, 100))).block();
		Awaitility.await("the group has applied the events").until(() -> members.copiesUntil().block() == 100);
	}

}
