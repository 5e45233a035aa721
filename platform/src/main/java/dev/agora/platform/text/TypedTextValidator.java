package dev.agora.platform.text;

import java.util.Optional;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Validates {@link TypedText}. */
public final class TypedTextValidator implements ConstraintValidator<TypedText, String> {

	private TextRule rule = new TextRule(TextForm.LINE, 0, 0, false);

	@Override
	public void initialize(TypedText text) {
		this.rule = new TextRule(text.form(), text.min(), text.max(), text.blank());
	}

	@Override
	public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
		Optional<String> violation = (text != null) ? this.rule.violation(text) : Optional.empty();
		violation.ifPresent((message) -> {
			context.disableDefaultConstraintViolation();
			context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
		});
		return violation.isEmpty();
	}

}
