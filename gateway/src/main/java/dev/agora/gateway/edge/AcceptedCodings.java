package dev.agora.gateway.edge;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the header {@code Accept-Encoding}. */
public final class AcceptedCodings {

	private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(?:\\.0*)?\\s*(?:;|$)");

	private AcceptedCodings() {
	}

	/** Whether the header names a coding, and not with the weight zero. */
	public static boolean contain(String header, String coding) {
		for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
			int end = part.indexOf(';');
			String name = ((end < 0) ? part : part.substring(0, end)).strip();
			if (name.equals(coding)) {
				return !REFUSED.matcher(part).find();
			}
		}
		return false;
	}

}
