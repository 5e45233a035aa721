package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordKeysTests {

	private final RecordKeys.Reader reader = new RecordKeys.Reader();

	private final RecordKeys.Writer writer = new RecordKeys.Writer();

	@Test
	void keepsTheBytesOfAKeyThatIsNotUtf8() {
		byte[] binary = { (byte) 0xff, 0, 0x28, (byte) 0xc3 };
		RecordHeaders headers = new RecordHeaders();
		String key = this.reader.deserialize("things", headers, binary);
		assertThat(this.writer.serialize("things", headers, key)).isEqualTo(binary);
	}

	@Test
	void addsNoHeaderForAKeyThatIsUtf8() {
		byte[] text = "é0HA:0HB".getBytes(StandardCharsets.UTF_8);
		RecordHeaders headers = new RecordHeaders();
		String key = this.reader.deserialize("things", headers, text);
		assertThat(headers).isEmpty();
		assertThat(this.writer.serialize("things", headers, key)).isEqualTo(text);
		assertThat(this.reader.deserialize("things", headers, (byte[]) null)).isNull();
		assertThat(this.writer.serialize("things", headers, null)).isNull();
	}

}
