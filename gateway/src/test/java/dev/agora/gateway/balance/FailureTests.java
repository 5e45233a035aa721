package dev.agora.gateway.balance;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import reactor.netty.channel.AbortedException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@Test
	void knowsThatNothingWasSentOverAConnectionThatHadJustBeenClosed() {
		assertThat(Failure.of(AbortedException.beforeSend())).isEqualTo(Failure.NOT_CONNECTED);
		assertThat(Failure.of(new AbortedException(new IOException("Broken pipe")))).isEqualTo(Failure.BROKEN);
	}

}
