package dev.agora.product.page.web;

import java.util.List;
import java.util.Locale;

/**
 * Whether a client accepts a response that is compressed with gzip (RFC 9110, 12.5.3).
 */
final class AcceptEncoding {

	private AcceptEncoding() {
	}

	/**
	 * Returns whether gzip is acceptable and not less welcome than the plain form.
	 * @param headers the values of the request header {@code Accept-Encoding}
	 */
	static boolean prefersGzip(List<String> headers) {
		double gzip = -1;
		double identity = -1;
		double others = 0;
		for (String coding : String.join(",", headers).toLowerCase(Locale.ROOT).split(",", -1)) {
			String[] parts = coding.split(";", -1);
			switch (parts[0].strip()) {
				case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight(parts));
				case "identity" -> identity = weight(parts);
				case "*" -> others = weight(parts);
				default -> {
				}
			}
		}
		double weight = (gzip >= 0) ? gzip : others;
		return weight > 0 && weight >= identity;
	}

	/** A malformed weight counts as a refusal, so that the client gets the plain form. */
	private static double weight(String[] parts) {
		for (int i = 1; i < parts.length; i++) {
			String parameter = parts[i].strip();
			if (parameter.startsWith("q=")) {
				return parameter.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
						? Double.parseDouble(parameter.substring(2)) : 0;
			}
		}
		return 1;
	}

}
