"""How the statements of a month are laid out in each starter chart, as its country expects them: looked at by hand."""

LAYOUTS = {
    "bas": """
# Balansräkning
Tillgångar
  Anläggningstillgångar 300.00
    Materiella anläggningstillgångar 300.00
      Inventarier och verktyg 300.00
  Omsättningstillgångar 969.00
    Kortfristiga fordringar 119.00
      Kundfordringar 119.00
    Kassa och bank 850.00
      Företagskonto 850.00
= Summa tillgångar 1269.00
Eget kapital
  Aktiekapital 1000.00
  Balanserat resultat 0.00
  Årets resultat 50.00
= Summa eget kapital 1050.00
Obeskattade reserver, avsättningar och skulder
  Långfristiga skulder 200.00
    Andra långfristiga skulder till kreditinstitut 200.00
  Kortfristiga skulder 19.00
    Utgående moms på försäljning inom Sverige, 25 % 19.00
= Summa reserver, avsättningar och skulder 219.00
= Summa eget kapital och skulder 1269.00
# Resultaträkning
  Nettoomsättning 100.00
    Försäljning inom Sverige, 25 % moms 100.00
  Övriga externa kostnader -50.00
    Lokalhyra -50.00
= Rörelseresultat 50.00
= Resultat efter finansiella poster 50.00
= Resultat före skatt 50.00
= Årets resultat 50.00
""",
    "club-en": """
# Balance sheet
Assets
  Cash and bank 850.00
    Bank account 850.00
  Receivables 119.00
    Grants receivable 119.00
  Equipment 300.00
    Equipment and furniture 300.00
= Total assets 1269.00
Liabilities
  Fees received in advance 19.00
  Loan 200.00
= Total liabilities 219.00
= Net assets 1050.00
Funds
  General fund 1000.00
  Accumulated surplus 0.00
  Surplus or deficit of the year 50.00
= Total funds 1050.00
= Total liabilities and funds 1269.00
# Income and expenditure account
Income
  Membership fees 100.00
= Total income 100.00
Expenditure
  Premises 50.00
    Rent 50.00
= Total expenditure 50.00
= Surplus or deficit 50.00
""",
    "es-pymes": """
# Balance de situación
Activo
  Activo no corriente 300.00
    Inmovilizado material 300.00
      Mobiliario 300.00
  Activo corriente 969.00
    Deudores comerciales y otras cuentas a cobrar 119.00
      Clientes 119.00
    Efectivo y otros activos líquidos equivalentes 850.00
      Bancos e instituciones de crédito c/c vista, euros 850.00
= Total activo 1269.00
Patrimonio neto
  Capital social 1000.00
  Resultados de ejercicios anteriores 0.00
  Resultado del ejercicio 50.00
= Total patrimonio neto 1050.00
Pasivo
  Pasivo no corriente 200.00
    Deudas a largo plazo con entidades de crédito 200.00
  Pasivo corriente 19.00
    Hacienda Pública, IVA repercutido 19.00
= Total pasivo 219.00
= Total patrimonio neto y pasivo 1269.00
# Cuenta de pérdidas y ganancias
  Importe neto de la cifra de negocios 100.00
    Ventas de mercaderías 100.00
  Otros gastos de explotación -50.00
    Arrendamientos y cánones -50.00
= Resultado de explotación 50.00
= Resultado financiero 0.00
= Resultado antes de impuestos 50.00
= Resultado del ejercicio 50.00
""",
    "household-en": """
# Balance sheet
Assets
  Cash and bank 850.00
    Checking account 850.00
  Money lent 119.00
    Friends and family 119.00
  Possessions 300.00
    Car 300.00
= Total assets 1269.00
Liabilities
  Cards and bills 19.00
    Unpaid bills 19.00
  Loans 200.00
    Car loan 200.00
= Total liabilities 219.00
Net worth
  Opening 1000.00
  Saved in earlier years 0.00
  Saved this year 50.00
= Total net worth 1050.00
= Total liabilities and net worth 1269.00
# Income and spending
Income
  Salary 100.00
= Total income 100.00
Spending
  Home 50.00
    Rent 50.00
= Total spending 50.00
= Saved 50.00
""",
    "ifrs": """
# Statement of financial position
Assets
  Non-current assets 300.00
    Property, plant and equipment 300.00
      Office equipment 300.00
  Current assets 969.00
    Trade and other receivables 119.00
      Trade receivables 119.00
    Cash and cash equivalents 850.00
      Bank 850.00
= Total assets 1269.00
Equity
  Share capital 1000.00
  Retained earnings 0.00
  Profit or loss for the year 50.00
= Total equity 1050.00
Liabilities
  Non-current liabilities 200.00
    Borrowings 200.00
  Current liabilities 19.00
    Output tax 19.00
= Total liabilities 219.00
= Total equity and liabilities 1269.00
# Statement of profit or loss
  Revenue 100.00
    Sale of goods 100.00
  Other expenses -50.00
    Rent of short-term and low-value leases -50.00
= Operating profit 50.00
= Profit before tax 50.00
= Profit or loss for the year 50.00
""",
    "pcg": """
# Bilan
Actif
  Actif immobilisé 300.00
    Immobilisations corporelles 300.00
      Matériel de bureau et matériel informatique 300.00
  Actif circulant 969.00
    Créances 119.00
      Clients 119.00
    Disponibilités 850.00
      Banques 850.00
= Total de l’actif 1269.00
Capitaux propres
  Capital 1000.00
  Report à nouveau 0.00
  Résultat de l’exercice 50.00
= Total des capitaux propres 1050.00
Provisions et dettes
  Dettes 219.00
    Emprunts et dettes financières 200.00
      Emprunts auprès des établissements de crédit 200.00
    Dettes fiscales et sociales 19.00
      TVA collectée 19.00
= Total des provisions et dettes 219.00
= Total du passif 1269.00
# Compte de résultat
  Produits d'exploitation 100.00
    Chiffre d'affaires 100.00
      Ventes de marchandises 100.00
  Charges d'exploitation -50.00
    Services extérieurs -50.00
      Locations immobilières -50.00
= Résultat d'exploitation 50.00
= Résultat financier 0.00
= Résultat courant avant impôts 50.00
= Résultat exceptionnel 0.00
= Bénéfice ou perte 50.00
""",
    "rgs": """
# Balans
Activa
  Vaste activa 300.00
    Materiële vaste activa 300.00
      Bedrijfsinventaris 300.00
  Vlottende activa 969.00
    Vorderingen 119.00
      Debiteuren 119.00
    Liquide middelen 850.00
      Bank 850.00
= Totaal activa 1269.00
Eigen vermogen
  Aandelenkapitaal 1000.00
  Ingehouden winst 0.00
  Resultaat lopend boekjaar 50.00
= Totaal eigen vermogen 1050.00
Voorzieningen en schulden
  Langlopende schulden 200.00
    Financieringen 200.00
  Kortlopende schulden 19.00
    Af te dragen btw hoog tarief 19.00
= Totaal voorzieningen en schulden 219.00
= Totaal passiva 1269.00
# Winst-en-verliesrekening
  Netto-omzet 100.00
    Omzet hoog tarief 100.00
= Bruto-omzetresultaat 100.00
  Overige bedrijfskosten -50.00
    Huur -50.00
= Bedrijfsresultaat 50.00
= Financiële baten en lasten 0.00
= Resultaat voor belastingen 50.00
= Resultaat na belastingen 50.00
""",
    "skr03": """
# Bilanz
Aktiva
  Anlagevermögen 300.00
    Sachanlagen 300.00
      Büroeinrichtung 300.00
  Umlaufvermögen 969.00
    Forderungen und sonstige Vermögensgegenstände 119.00
      Forderungen aus Lieferungen und Leistungen 119.00
    Kassenbestand und Guthaben bei Kreditinstituten 850.00
      Bank 850.00
= Summe Aktiva 1269.00
Eigenkapital
  Gezeichnetes Kapital 1000.00
  Gewinn-/Verlustvortrag 0.00
  Jahresüberschuss/-fehlbetrag 50.00
= Summe Eigenkapital 1050.00
Fremdkapital
  Verbindlichkeiten 219.00
    Verbindlichkeiten gegenüber Kreditinstituten 200.00
    Umsatzsteuer 19 % 19.00
= Summe Fremdkapital 219.00
= Summe Passiva 1269.00
# Gewinn- und Verlustrechnung
  Umsatzerlöse 100.00
    Erlöse 19 % USt 100.00
= Rohergebnis 100.00
  Sonstige betriebliche Aufwendungen -50.00
    Miete (unbewegliche Wirtschaftsgüter) -50.00
= Betriebsergebnis 50.00
= Ergebnis nach Steuern 50.00
= Jahresüberschuss/-fehlbetrag 50.00
""",
    "skr04": """
# Bilanz
Aktiva
  Anlagevermögen 300.00
    Sachanlagen 300.00
      Büroeinrichtung 300.00
  Umlaufvermögen 969.00
    Forderungen und sonstige Vermögensgegenstände 119.00
      Forderungen aus Lieferungen und Leistungen 119.00
    Kassenbestand und Guthaben bei Kreditinstituten 850.00
      Bank 850.00
= Summe Aktiva 1269.00
Eigenkapital
  Gezeichnetes Kapital 1000.00
  Gewinn-/Verlustvortrag 0.00
  Jahresüberschuss/-fehlbetrag 50.00
= Summe Eigenkapital 1050.00
Fremdkapital
  Verbindlichkeiten 219.00
    Verbindlichkeiten gegenüber Kreditinstituten 200.00
    Umsatzsteuer 19 % 19.00
= Summe Fremdkapital 219.00
= Summe Passiva 1269.00
# Gewinn- und Verlustrechnung
  Umsatzerlöse 100.00
    Erlöse 19 % USt 100.00
= Rohergebnis 100.00
  Sonstige betriebliche Aufwendungen -50.00
    Miete (unbewegliche Wirtschaftsgüter) -50.00
= Betriebsergebnis 50.00
= Ergebnis nach Steuern 50.00
= Jahresüberschuss/-fehlbetrag 50.00
""",
    "small-business-en": """
# Balance sheet
Assets
  Current assets 969.00
    Cash and bank 850.00
      Checking account 850.00
    Receivables 119.00
      Accounts receivable 119.00
  Fixed assets 300.00
    Furniture and fixtures 300.00
= Total assets 1269.00
Liabilities
  Current liabilities 19.00
    Sales tax collected 19.00
  Long-term liabilities 200.00
    Bank loan 200.00
= Total liabilities 219.00
Equity
  Owner's capital 1000.00
  Retained earnings 0.00
  Net income 50.00
= Total equity 1050.00
= Total liabilities and equity 1269.00
# Income statement
Income
  Sales 100.00
    Sales of goods 100.00
= Total income 100.00
Expenses
  Premises 50.00
    Rent 50.00
= Total expenses 50.00
= Gross profit 100.00
= Operating income 50.00
= Net income 50.00
""",
    "small-shop": """
# Balance sheet
Assets
  Bank 850.00
    Current 850.00
  Receivables 119.00
    Trade debtors 119.00
  Equipment 300.00
    Shop fittings 300.00
= Total assets 1269.00
Liabilities
  VAT 19.00
    Output VAT 19.00
  Loans 200.00
    Bank loan 200.00
= Total liabilities 219.00
Equity
  Capital 1000.00
  Retained earnings 0.00
  Result of the current year 50.00
= Total equity 1050.00
= Total liabilities and equity 1269.00
# Income statement
Income
  Sales 100.00
    Stationery 100.00
= Total income 100.00
Expenses
  Premises 50.00
    Rent 50.00
= Total expenses 50.00
= Result 50.00
""",
    "uk-small-business": """
# Balance sheet
Assets
  Fixed assets 300.00
    Tangible assets 300.00
      Fixtures and fittings 300.00
  Current assets 969.00
    Debtors 119.00
      Trade debtors 119.00
    Cash at bank and in hand 850.00
      Bank current account 850.00
= Total assets 1269.00
Creditors and provisions
  Creditors due within one year 19.00
    VAT on sales 19.00
  Creditors due after more than one year 200.00
    Bank loan 200.00
= Total creditors and provisions 219.00
= Net current assets 950.00
= Total assets less current liabilities 1250.00
= Net assets 1050.00
Capital and reserves
  Called up share capital 1000.00
  Profit and loss account brought forward 0.00
  Profit or loss for the financial year 50.00
= Total capital and reserves 1050.00
= Total creditors, provisions, capital and reserves 1269.00
# Profit and loss account
  Turnover 100.00
    Sales of goods 100.00
= Gross profit 100.00
  Administrative expenses -50.00
    Premises -50.00
      Rent -50.00
= Operating profit 50.00
= Profit before taxation 50.00
= Profit or loss for the financial year 50.00
""",
}
