package dev.agora.platform.consistency;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitPermitsTests {

	private final WaitPermits permits = new WaitPermits(10);

	@Test
	void boundsTheReadsOfOneCallerAndOfAll() {
		for (int read = 0; read < WaitPermits.MAX_OF_ONE_CALLER; read++) {
			assertThat(this.permits.tryAcquire("eve")).isTrue();
		}
		assertThat(this.permits.tryAcquire("eve")).isFalse();
		assertThat(this.permits.tryAcquire("ann")).isTrue();
		assertThat(this.permits.tryAcquire("bob")).isTrue();
		assertThat(this.permits.tryAcquire("carl")).as("the eleventh").isFalse();
	}

	@Test
	void aReturnedPermitIsFree() {
		for (int round = 0; round < 100; round++) {
			assertThat(this.permits.tryAcquire("eve")).isTrue();
			this.permits.release("eve", true);
			this.permits.release("eve", false);
		}
		assertThat(this.permits.tryAcquire("eve")).isTrue();
	}

}
