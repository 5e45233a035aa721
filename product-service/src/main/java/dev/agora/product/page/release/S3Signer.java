package dev.agora.product.page.release;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.agora.platform.digest.Sha256;

/** Signs requests to S3 with version 4 of the signature of AWS. */
final class S3Signer {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final int DATE_LENGTH = 8;

	private static final String ALGORITHM = "HmacSHA256";

	private final String region;

	private final String accessKey;

	private final String secretKey;

	private final Clock clock;

	S3Signer(String region, String accessKey, String secretKey, Clock clock) {
		this.region = region;
		this.accessKey = accessKey;
		this.secretKey = secretKey;
		this.clock = clock;
	}

	/**
	 * Signs a request.
	 * @param uri the address, encoded as it is sent; its query is sorted by name
	 * @param headers the headers to send, with names in lower case
	 * @return all headers to send
	 */
	Map<String, String> sign(String method, URI uri, Map<String, String> headers, byte[] body) {
		String time = TIME.format(this.clock.instant());
		Map<String, String> signed = new TreeMap<>(headers);
		signed.put("host", (uri.getPort() < 0) ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
		signed.put("x-amz-date", time);
		signed.put("x-amz-content-sha256", Sha256.hex(body));
		String names = String.join(";", signed.keySet());
		String lines = signed.entrySet()
			.stream()
			.map((header) -> header.getKey() + ":" + header.getValue().strip() + "\n")
			.collect(Collectors.joining());
		String query = (uri.getRawQuery() != null) ? uri.getRawQuery() : "";
		String request = String.join("\n", method, uri.getRawPath(), query, lines, names, Sha256.hex(body));
		String scope = time.substring(0, DATE_LENGTH) + "/" + this.region + "/s3/aws4_request";
		String signature = HexFormat.of()
			.formatHex(hmac(key(scope), "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + Sha256.hex(request)));
		signed.put("authorization", "AWS4-HMAC-SHA256 Credential=" + this.accessKey + "/" + scope + ",SignedHeaders="
				+ names + ",Signature=" + signature);
		return signed;
	}

	private byte[] key(String scope) {
		byte[] key = ("AWS4" + this.secretKey).getBytes(StandardCharsets.UTF_8);
		for (String part : scope.split("/", -1)) {
			key = hmac(key, part);
		}
		return key;
	}

	private static byte[] hmac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			// Every JVM has this algorithm.
			throw new IllegalStateException(ex);
		}
	}

}
