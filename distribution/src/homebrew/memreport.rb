# SPDX-License-Identifier: Apache-2.0
class Memreport < Formula
  desc "Post-mortems of JVM memory, by test and by SQL query"
  homepage "https://github.com/memreport/memreport"
  url "https://github.com/memreport/memreport/releases/download/v@version@/memreport-@version@.tar.gz"
  sha256 "@sha256@"
  license "Apache-2.0"

  depends_on "openjdk"

  def install
    libexec.install "bin", "lib"
    (bin/"memreport").write_env_script libexec/"bin/memreport", Language::Java.overridable_java_home_env("17+")
    man1.install Dir["share/man/man1/*"]
    bash_completion.install "share/completion/memreport.bash" => "memreport"
    fish_completion.install "share/completion/memreport.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/memreport version")
  end
end
