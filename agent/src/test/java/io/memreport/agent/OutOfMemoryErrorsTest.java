// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class OutOfMemoryErrorsTest {
  @Test
  void the_constructor_with_words_tells_them_and_the_other_does_not() throws Exception {
    byte[] woven = OutOfMemoryErrors.telling(ofThisJdk());
    assertThat(calls(woven, "()V")).containsExactly("java/lang/VirtualMachineError.<init>()V");
    assertThat(calls(woven, "(Ljava/lang/String;)V"))
        .containsExactly(
            "java/lang/VirtualMachineError.<init>(Ljava/lang/String;)V",
            "io/memreport/recorder/memory/RefusedBuffers.refused(Ljava/lang/String;)V");
    assertThat(
            Class.forName("io.memreport.recorder.memory.RefusedBuffers")
                .getMethod("refused", String.class))
        .isNotNull();
  }

  @Test
  void nothing_else_of_the_class_changes() throws Exception {
    byte[] before = ofThisJdk();
    byte[] woven = OutOfMemoryErrors.telling(before);
    assertThat(members(woven)).isEqualTo(members(before));
    assertThat(new ClassReader(woven).getSuperName()).isEqualTo("java/lang/VirtualMachineError");
  }

  @Test
  void a_class_of_another_shape_stays_as_it_is() throws Exception {
    byte[] other = ofThisJdk();
    assertThat(OutOfMemoryErrors.telling(classFile("java/lang/Object"))).isNull();
    other[10] = 2;
    assertThat(OutOfMemoryErrors.telling(other)).as("a constant of no known kind").isNull();
  }

  private static byte[] ofThisJdk() throws IOException {
    return classFile(OutOfMemoryErrors.NAME);
  }

  private static byte[] classFile(String name) throws IOException {
    try (var file = Object.class.getResourceAsStream("/" + name + ".class")) {
      return file.readAllBytes();
    }
  }

  private static String members(byte[] classFile) {
    StringBuilder members = new StringBuilder();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String takes, String generic, String[] thrown) {
                members.append(access).append(name).append(takes).append(Arrays.toString(thrown));
                return null;
              }
            },
            ClassReader.EXPAND_FRAMES);
    return members.toString();
  }

  private static List<String> calls(byte[] classFile, String constructor) {
    List<String> calls = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String takes, String generic, String[] thrown) {
                return !takes.equals(constructor)
                    ? null
                    : new MethodVisitor(Opcodes.ASM9) {
                      @Override
                      public void visitMethodInsn(
                          int code, String owner, String called, String with, boolean isInterface) {
                        calls.add(owner + "." + called + with);
                      }
                    };
              }
            },
            ClassReader.EXPAND_FRAMES);
    return calls;
  }
}
