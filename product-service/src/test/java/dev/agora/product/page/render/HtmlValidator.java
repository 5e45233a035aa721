package dev.agora.product.page.render;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import nu.validator.client.EmbeddedValidator;
import org.xml.sax.SAXException;

/** Checks HTML with the validator of the W3C. */
public final class HtmlValidator {

	private HtmlValidator() {
	}

	/** Lists the errors and warnings, one a line; empty for a valid document. */
	public static String findings(String html) {
		EmbeddedValidator validator = new EmbeddedValidator();
		validator.setOutputFormat(EmbeddedValidator.OutputFormat.TEXT);
		validator.setNoLangDetect(true);
		validator.setForceHTML(true);
		try {
			String report = validator.validate(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
			return report.substring(0, report.lastIndexOf("Document checking completed."));
		}
		catch (IOException | SAXException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
