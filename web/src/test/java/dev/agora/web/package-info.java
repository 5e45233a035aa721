@NullMarked
package dev.agora.web;

import org.jspecify.annotations.NullMarked;
