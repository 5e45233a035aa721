package dev.agora.session.password;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordsTests {

	private final Passwords passwords = withQueue(10);

	@AfterEach
	void close() {
		this.passwords.destroy();
	}

	/** A vector of the reference implementation (P-H-C/phc-winner-argon2). */
	@Test
	void agreesWithTheReferenceImplementation() {
		String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
		Argon2 argon2 = new Argon2(1024, 1);
		assertThat(argon2.matches("password", reference)).isTrue();
		assertThat(argon2.matches("Password", reference)).isFalse();
	}

	@Test
	void matchesOnlyThePasswordOfTheHash() {
		StepVerifier
			.create(this.passwords.hash("correct horse")
				.flatMap((hash) -> this.passwords.matches("correct horse", hash)
					.zipWith(this.passwords.matches("wrong horse", hash))))
			.assertNext((matches) -> {
				assertThat(matches.getT1()).isTrue();
				assertThat(matches.getT2()).isFalse();
			})
			.verifyComplete();
	}

	@Test
	void writesTheParametersAndANewSaltIntoEachHash() {
		StepVerifier
			.create(this.passwords.hash("correct horse").zipWhen((first) -> this.passwords.hash("correct horse")))
			.assertNext((hashes) -> {
				assertThat(hashes.getT1()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
				assertThat(hashes.getT1()).isNotEqualTo(hashes.getT2());
			})
			.verifyComplete();
	}

	@Test
	void theDummyHashTakesTheFullWork() {
		assertThat(this.passwords.dummyHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
		StepVerifier.create(this.passwords.matches("correct horse", this.passwords.dummyHash()))
			.expectNext(false)
			.verifyComplete();
	}

	@Test
	void hashesOnItsOwnThreads() {
		StepVerifier
			.create(this.passwords.hash("correct horse")
				.map((hash) -> Thread.currentThread().getName())
				.subscribeOn(Schedulers.parallel()))
			.assertNext((thread) -> assertThat(thread).startsWith("password-"))
			.verifyComplete();
	}

	@Test
	void refusesAHashWhenTheQueueIsFull() throws InterruptedException {
		Passwords narrow = withQueue(1);
		CountDownLatch done = new CountDownLatch(2);
		Mono<String> hash = narrow.hash("correct horse").doFinally((signal) -> done.countDown());
		hash.subscribe();
		hash.subscribe();
		StepVerifier.create(narrow.hash("one too many")).expectError(Unavailable.class).verify();
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		narrow.destroy();
	}

	private static Passwords withQueue(int length) {
		return new Passwords(new PasswordSettings(DataSize.ofKilobytes(19456), 2, 1, length, DataSize.ofMegabytes(32)));
	}

}
