package dev.agora.product.page.release;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The examples in the documentation of AWS. */
class S3SignerTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC);

	private final S3Signer signer = new S3Signer("us-east-1", "AKIAIOSFODNN7EXAMPLE",
			"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", CLOCK);

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					GET | /test.txt                 | range | bytes=0-9      | -                  | f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
					GET | /?lifecycle=              | -     | -              | -                  | fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543
					GET | /?max-keys=2&prefix=J     | -     | -              | -                  | 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7
					""")
	void signsTheExamples(String method, String target, String header, String value, String body, String signature) {
		Map<String, String> headers = (header != null) ? Map.of(header, value) : Map.of();
		Map<String, String> signed = this.signer.sign(method, uri(target), headers,
				(body != null) ? body.getBytes(UTF_8) : new byte[0]);
		assertThat(signed.get("authorization")).endsWith("Signature=" + signature);
	}

	private static URI uri(String target) {
		return URI.create("https://examplebucket.s3.amazonaws.com" + target);
	}

}
